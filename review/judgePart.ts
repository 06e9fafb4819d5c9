import type { Transition, Verdict } from "../provider/rules/index.js";
import type { VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, unknown, type Vault } from "../provider/vaults/ruleVault.js";
import { noVaultId, parseVaultId } from "../provider/vaults/vaultId.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import { evaluate } from "./evaluate.js";
import { acceptOf, type Judgement, liveVault, type ReviewContext } from "./judgeVault.js";
import { keyOf } from "./owners.js";
import { isSecret, secretsHiddenNote, toValue, type Value } from "./values.js";
import type { PartAdapter } from "./vaults/adapters.js";
import { isVaultId, partsOf, sameVault } from "./vaults/adapters.js";

/** Judges a change to a setting that one resource makes on a vault that another resource, or nothing, manages. */
export async function judgePart(planned: PlannedChange, part: PartAdapter, context: ReviewContext): Promise<Judgement> {
  const { action, old, new: wanted } = planned;
  const had: Value = toValue(old?.inputs ?? {});
  const wants: Value = toValue(wanted?.inputs ?? {});
  if (action === "replace" && !sameVault(part.vaultId(had), part.vaultId(wants))) {
    const deleted = await judgePart({ ...planned, action: "delete" }, part, context);
    const created = await judgePart({ ...planned, action: "create", old: undefined }, part, context);
    const unchecked = deleted.unchecked ?? created.unchecked;
    return {
      verdicts: [...deleted.verdicts, ...created.verdicts],
      notes: [...deleted.notes, ...created.notes],
      ...(unchecked !== undefined && { unchecked }),
    };
  }
  const id = part.vaultId(action === "delete" ? had : wants);
  const kept = action === "delete" || action === "replace" ? context.kept.get(keyOf(planned)) : undefined;
  if (action === "delete" && old?.retainOnDelete) {
    return {
      verdicts: [],
      notes: ["The vault keeps it, because `retainOnDelete` is set. Pulumi only removes it from the stack."],
    };
  }
  // It is deleted with its vault, whose deletion is judged separately.
  if (isVaultId(id) && context.deleted.has(id.toLowerCase())) return { verdicts: [], notes: [] };
  if (action === "delete" && kept !== undefined) return { verdicts: [], notes: [kept] };
  const judgements = await Promise.all(
    kindsOf(id, part).map((vault) => judgeAs(vault, id, part, { had, wants }, planned, context)),
  );
  if (judgements.length === 0) return { verdicts: [], notes: [], unchecked: noVaultId(String(id)) };
  const notes = [...notCheckedNote(id, planned, part), ...(kept === undefined ? [] : [kept])];
  return {
    verdicts: judgements.flatMap(({ verdicts }) => verdicts),
    notes: [...new Set([...notes, ...judgements.flatMap((each) => each.notes)])],
  };
}

/** Says that the vault was not checked, and why. */
function notCheckedNote(id: Value, { action, old, new: wanted }: PlannedChange, part: PartAdapter): string[] {
  if (id !== unknown) return [];
  const inputs = (action === "delete" ? old : wanted)?.inputs;
  const isHidden = part.vaultId(toValue(inputs, isSecret)) === unknown;
  return [isHidden ? secretsHiddenNote : vaultUnknown];
}

const vaultUnknown =
  "Its vault is only known during `pulumi up`. Checks that need the vault were skipped; `pulumi up` runs them before it writes " +
  "to the vault.";

/** If the vault is not known yet, neither is its kind, and the change is judged for each kind. */
function kindsOf(id: Value, { vaults }: PartAdapter): PartAdapter["vaults"] {
  const kind = typeof id === "string" ? parseVaultId(id)?.kind : undefined;
  return typeof id === "string" ? vaults.filter((each) => each.definition.kind === kind) : vaults;
}

async function judgeAs(
  { definition, apiVersion, multiRequestWrites }: PartAdapter["vaults"][number],
  id: Value,
  part: PartAdapter,
  { had, wants }: { had: Value; wants: Value },
  planned: PlannedChange,
  context: ReviewContext,
): Promise<Judgement> {
  const { action } = planned;
  const { before, facts, notes, body } = await vaultOf(definition, id, part, had, planned, context);
  const isRemoved = action === "delete" || action === "replace";
  const then = isRemoved ? context.projected.vault(before, id, planned.address) : before;
  const left = isRemoved && !context.kept.has(keyOf(planned)) ? part.removed(then, had) : then;
  const after = action === "delete" ? left : part.added(left, wants);
  if (after === then) return { verdicts: [], notes };
  const transition: Transition = {
    resource: definition.kind,
    apiVersion: apiVersion(planned.old ?? planned.new, after),
    isOnlyApiVersion: part.provider !== "azure-backup",
    when: "plan",
    multiRequestWrites,
    now: context.now,
    before: then,
    after,
    facts,
  };
  const accept = acceptOf(part, planned.new ?? planned.old);
  const options = { live: context.live, body, id: isVaultId(id) ? id : undefined, accept };
  const verdicts = await evaluate(transition, options);
  // Of a vault that was not read, these are unknown, which the rules treat as a possible change. This change keeps them.
  const kept = (["encryption", "identity"] as const).filter(
    (name) => body === undefined && after[name] === before[name],
  );
  const isOfKept = ({ property }: Verdict) => kept.some((name) => property === name || property.startsWith(`${name}.`));
  return { verdicts: verdicts.filter((verdict) => !isOfKept(verdict)), notes };
}

interface CurrentVault {
  before: Vault;
  facts: NonNullable<Transition["facts"]>;
  notes: string[];
  body?: object;
}

/** The live vault. If it was not read, everything is unknown except what the resource itself has set. */
async function vaultOf(
  definition: VaultDefinition,
  id: Value,
  part: PartAdapter,
  had: Value,
  { action, old }: PlannedChange,
  { live }: ReviewContext,
): Promise<CurrentVault> {
  const named = partsOf(typeof id === "string" ? id : undefined);
  const identity = { systemAssigned: unknown, userAssigned: unknown } as const;
  const encryption = { state: unknown, keyUri: unknown, identity: unknown, infrastructureEncryption: unknown } as const;
  // A vault that the same run creates has no key yet, and other resources may add identities.
  const unread: Vault = action === "create" ? { ...named, identity } : { ...named, identity, encryption };
  const before = old ? part.added(unread, had) : unread;
  if (!live || !isVaultId(id)) return { before, facts: {}, notes: [] };
  const found = await live.vault(definition.kind, id);
  if ("body" in found) {
    const { settings, state } = liveVault(definition, id, found.body);
    return { before: forRules(definition, settings, state), facts: {}, notes: [], body: found.body };
  }
  if ("unreadable" in found) return { before, facts: { vault: { unreadable: found.unreadable } }, notes: [] };
  const notes =
    action === "create" ? [] : ["Azure reports that its vault does not exist. It was deleted outside Pulumi."];
  return { before, facts: {}, notes };
}
