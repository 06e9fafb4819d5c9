import type { Transition, Verdict } from "../provider/rules/index.js";
import type { VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, unknown, type Vault } from "../provider/vaults/ruleVault.js";
import { noVaultId, parseVaultId } from "../provider/vaults/vaultId.js";
import { evaluate } from "./decide.js";
import { type Around, type Judgement, liveVault } from "./judgeVault.js";
import type { Planned } from "./planned.js";
import { isSecret, toValue, type Value, valuesAreHidden } from "./values.js";
import type { PartType } from "./vaults/adapters.js";
import { isVaultId, partsOf, sameVault } from "./vaults/adapters.js";

/** What Azure would say to a change of what one resource sets on a vault that is not its own. */
export async function judgePart(planned: Planned, part: PartType, around: Around): Promise<Judgement> {
  const { does, old, new: wanted } = planned;
  const had: Value = toValue(old?.inputs ?? {});
  const wants: Value = toValue(wanted?.inputs ?? {});
  if (does === "replace" && !sameVault(part.vaultId(had), part.vaultId(wants))) {
    const gone = await judgePart({ ...planned, does: "delete" }, part, around);
    const come = await judgePart({ ...planned, does: "create", old: undefined }, part, around);
    const unjudged = gone.unjudged ?? come.unjudged;
    return {
      verdicts: [...gone.verdicts, ...come.verdicts],
      notes: [...gone.notes, ...come.notes],
      ...(unjudged !== undefined && { unjudged }),
    };
  }
  const id = part.vaultId(does === "delete" ? had : wants);
  const kept = does === "delete" || does === "replace" ? around.kept.get(planned.urn) : undefined;
  if (does === "delete" && old?.retainOnDelete) {
    return { verdicts: [], notes: ["The vault keeps it, and Pulumi forgets it: retainOnDelete is set."] };
  }
  // It goes with its vault, and that is judged where the vault is.
  if (isVaultId(id) && around.deleted.has(id.toLowerCase())) return { verdicts: [], notes: [] };
  if (does === "delete" && kept !== undefined) return { verdicts: [], notes: [kept] };
  const judgements = await Promise.all(
    kindsOf(id, part).map((vault) => judgeAs(vault, id, part, { had, wants }, planned, around)),
  );
  if (judgements.length === 0) return { verdicts: [], notes: [], unjudged: noVaultId(String(id)) };
  const notes = [...notKnown(id, planned, part), ...(kept === undefined ? [] : [kept])];
  return {
    verdicts: judgements.flatMap(({ verdicts }) => verdicts),
    notes: [...new Set([...notes, ...judgements.flatMap((each) => each.notes)])],
  };
}

/** Whoever reads the page should know that nobody has looked at the vault, and why. */
function notKnown(id: Value, { does, old, new: wanted }: Planned, part: PartType): string[] {
  if (id !== unknown) return [];
  const inputs = (does === "delete" ? old : wanted)?.inputs;
  const isHidden = part.vaultId(toValue(inputs, isSecret)) === unknown;
  return [isHidden ? valuesAreHidden : vaultNotKnown];
}

const vaultNotKnown =
  "Its vault is not known before `pulumi up`, so nothing that depends on the vault was checked. `pulumi up` checks it " +
  "before it writes to the vault.";

/** Which vault it is may not be known yet, and so not of which kind: then it is judged as of each. */
function kindsOf(id: Value, { vaults }: PartType): PartType["vaults"] {
  const kind = typeof id === "string" ? parseVaultId(id)?.kind : undefined;
  return typeof id === "string" ? vaults.filter((each) => each.definition.kind === kind) : vaults;
}

async function judgeAs(
  { definition, apiVersion, multiRequestWrites }: PartType["vaults"][number],
  id: Value,
  part: PartType,
  { had, wants }: { had: Value; wants: Value },
  planned: Planned,
  around: Around,
): Promise<Judgement> {
  const { does } = planned;
  const { before, facts, notes, body } = await vaultOf(definition, id, part, had, planned, around);
  const goes = does === "delete" || does === "replace";
  const then = goes ? around.byThen.vault(before, id, planned.urn) : before;
  const left = goes && !around.kept.has(planned.urn) ? part.removed(then, had) : then;
  const after = does === "delete" ? left : part.added(left, wants);
  const transition: Transition = {
    resource: definition.kind,
    apiVersion: apiVersion(planned.old ?? planned.new, after),
    isOnlyApiVersion: part.provider !== "azure-backup",
    when: "plan",
    multiRequestWrites,
    now: around.now,
    before: then,
    after,
    facts,
  };
  const options = { live: around.live, body, id: isVaultId(id) ? id : undefined };
  const verdicts = await evaluate(transition, options);
  // Of a vault that nobody sees the key is open, and for the rules an open value may change. This one leaves it alone.
  const leavesKey = body === undefined && after.encryption === before.encryption;
  const isOfKey = ({ property }: Verdict) => property === "encryption" || property.startsWith("encryption.");
  return { verdicts: leavesKey ? verdicts.filter((verdict) => !isOfKey(verdict)) : verdicts, notes };
}

interface Seen {
  before: Vault;
  facts: NonNullable<Transition["facts"]>;
  notes: string[];
  body?: object;
}

/** The vault as it is; where it is not seen, all is open but what the resource itself has set on it. */
async function vaultOf(
  definition: VaultDefinition,
  id: Value,
  part: PartType,
  had: Value,
  { does, old }: Planned,
  { live }: Around,
): Promise<Seen> {
  const named = partsOf(typeof id === "string" ? id : undefined);
  const identity = { systemAssigned: unknown, userAssigned: unknown } as const;
  const encryption = { state: unknown, keyUri: unknown, identity: unknown, infrastructureEncryption: unknown } as const;
  // A vault that is made in the same run has no key yet, and may be given identities by others.
  const open: Vault = does === "create" ? { ...named, identity } : { ...named, identity, encryption };
  const before = old ? part.added(open, had) : open;
  if (!live || !isVaultId(id)) return { before, facts: {}, notes: [] };
  const found = await live.vault(definition.kind, id);
  if ("body" in found) {
    const { settings, state } = liveVault(definition, id, found.body);
    return { before: forRules(definition, settings, state), facts: {}, notes: [], body: found.body };
  }
  if ("unreadable" in found) return { before, facts: { vault: { unreadable: found.unreadable } }, notes: [] };
  const notes =
    does === "create" ? [] : ["Azure answers that its vault does not exist: it was deleted outside Pulumi."];
  return { before, facts: {}, notes };
}
