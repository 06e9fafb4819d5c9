import type { Transition, Verdict } from "../provider/rules/index.js";
import type { VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, unknown, type Vault } from "../provider/vaults/ruleVault.js";
import { isObject } from "../provider/vaults/values.js";
import { noVaultId, parseVaultId } from "../provider/vaults/vaultId.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import type { Knowledge } from "./dependencies/index.js";
import { evaluate } from "./evaluate.js";
import {
  acceptOf,
  type ChangeOfVault,
  evaluateOutdated,
  type Judgement,
  liveVault,
  type ReviewContext,
} from "./judgeVault.js";
import { isKeptUnknown, isLeftUnknown } from "./keptUnknown.js";
import { keyOf } from "./owners.js";
import { isEncrypted } from "./projectedState.js";
import { containsUnknown, isSecret, secretsHiddenNote, toValue, type Value } from "./values.js";
import type { PartAdapter } from "./vaults/adapters.js";
import { isVaultId, partsOf, sameVault } from "./vaults/adapters.js";

export interface Given {
  context: ReviewContext;
  known: Knowledge;
}

/** Judges a change to a setting that one resource makes on a vault that another resource, or nothing, manages. */
export async function judgePart(planned: PlannedChange, part: PartAdapter, given: Given): Promise<Judgement> {
  const { context } = given;
  const { action, old, new: wanted } = planned;
  const had: Value = toValue({ ...old?.inputs, ...(part.inAzure && old?.outputs) });
  const wants: Value = toValue(wanted?.inputs ?? {});
  if (action === "replace" && !sameVault(part.vaultId(had), part.vaultId(wants))) {
    const deleted = await judgePart({ ...planned, action: "delete" }, part, given);
    const created = await judgePart({ ...planned, action: "create", old: undefined }, part, given);
    const unchecked = deleted.unchecked ?? created.unchecked;
    return {
      verdicts: [...deleted.verdicts, ...created.verdicts],
      notes: [...deleted.notes, ...created.notes],
      ...(unchecked !== undefined && { unchecked }),
      ...(created.isOfNewVault && { isOfNewVault: true }),
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
    kindsOf(id, part).map((vault) => judgeAs(vault, id, part, { had, wants }, planned, given)),
  );
  if (judgements.length === 0) return { verdicts: [], notes: [], unchecked: noVaultId(String(id)) };
  const notes = [...notCheckedNote(id, planned, part), ...(kept === undefined ? [] : [kept])];
  return {
    verdicts: judgements.flatMap(({ verdicts }) => verdicts),
    notes: [...new Set([...notes, ...judgements.flatMap((each) => each.notes)])],
    ...(judgements.every(({ isOfNewVault }) => isOfNewVault) && { isOfNewVault: true }),
  };
}

/** Says that the vault was not checked, and why. */
const notCheckedNote = (id: Value, planned: PlannedChange, part: PartAdapter): string[] =>
  id === unknown ? [isIdHidden(planned, part) ? secretsHiddenNote : vaultUnknown] : [];

const isIdHidden = ({ action, old, new: wanted }: PlannedChange, part: PartAdapter): boolean =>
  part.vaultId(toValue((action === "delete" ? old : wanted)?.inputs, isSecret)) === unknown;

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
  given: Given,
): Promise<Judgement> {
  const { action, old } = planned;
  const { context } = given;
  const { before, isNew, facts, notes, body } = await vaultOf(definition, id, part, had, planned, given);
  const isRemoved = action === "delete" || (action === "replace" && !old?.retainOnDelete);
  const then = isRemoved ? context.projected.vault(before, id, planned.address) : before;
  const left = isRemoved && !context.kept.has(keyOf(planned)) ? part.removed(then, had) : then;
  const after = action === "delete" ? left : part.added(left, wants);
  const ofVault = { notes, ...(isNew && { isOfNewVault: true as const }) };
  if (after === then) return { verdicts: [], ...ofVault };
  const isUnread = body === undefined && !isNew;
  const transition: Transition & { before: Vault; after: Vault } = {
    resource: definition.kind,
    apiVersion: apiVersion(planned.old ?? planned.new, after),
    isOnlyApiVersion: part.provider !== "azure-backup",
    isUnread: isUnread && (action === "delete" || !containsUnknown(part.added({}, wants))),
    when: "plan",
    multiRequestWrites,
    now: context.now,
    before: then,
    after,
    facts,
  };
  const accept = acceptOf(part, planned.new ?? planned.old);
  const options = { live: context.live, body, id: isVaultId(id) ? id : undefined, accept };
  if (isNew && part.inAzure) {
    const { notObserved } = part.inAzure;
    const found = await evaluateNew(transition, options);
    return { verdicts: found.filter(({ code }) => !notObserved.includes(code)), ...ofVault };
  }
  const verdicts = isUnread ? await evaluateOutdated(transition, options) : await evaluate(transition, options);
  const set = { before: part.added({}, had), after: part.added({}, wants) };
  const isKept = planned.hidesDifference ? isLeftUnknown : isKeptUnknown;
  return { verdicts: verdicts.filter(({ property }) => !isKept(property, transition, set)), ...ofVault };
}

/** What a setting adds to the findings on a vault that the same run creates, in which nothing is protected yet. */
async function evaluateNew(
  { before, after, ...rest }: ChangeOfVault,
  options: Parameters<typeof evaluate>[1],
): Promise<Verdict[]> {
  const created = (vault: Vault) => evaluate({ ...rest, after: vault }, options);
  const [without, whole] = await Promise.all([created(before), created(after)]);
  const isSame = (a: Verdict, b: Verdict) => a.code === b.code && a.property === b.property && a.to === b.to;
  return whole.filter((verdict) => !without.some((each) => isSame(each, verdict)));
}

interface CurrentVault {
  before: Vault;
  /** The run creates it. */
  isNew: boolean;
  facts: NonNullable<Transition["facts"]>;
  notes: string[];
  body?: object;
}

/**
 * The live vault. If it was not read, it is as the preview shows it. What that does not show either is not known, except what
 * the resource itself has set.
 */
async function vaultOf(
  definition: VaultDefinition,
  id: Value,
  part: PartAdapter,
  had: Value,
  planned: PlannedChange,
  { context, known }: Given,
): Promise<CurrentVault> {
  const { action, old } = planned;
  const { live, projected } = context;
  const found = live && isVaultId(id) ? await live.vault(definition.kind, id) : undefined;
  if (found && "body" in found) {
    const { settings, state } = liveVault(definition, String(id), found.body);
    return { before: forRules(definition, settings, state), isNew: false, facts: {}, notes: [], body: found.body };
  }
  const isMissing = found !== undefined && "missing" in found;
  const shown = id === unknown && isIdHidden(planned, part) ? undefined : known.shown(definition.kind, id);
  // Of a vault whose ID is not known, this package's provider checks a setting before it writes.
  const isChecked = id === unknown && part.provider === "azure-backup";
  const isNew = action === "create" && (isMissing || (shown?.isNew ?? isChecked));
  const unread = unreadVault(definition);
  const asShown = filled(unread, shown && !shown.isNew ? shown.start : {});
  const whole = isNew ? (shown?.start ?? {}) : isMissing ? {} : asShown;
  // Other resources may add identities.
  const named = { ...whole, ...partsOf(typeof id === "string" ? id : undefined), identity: unread.identity };
  const current = projected.current(named, id);
  const before = old ? part.added(current, had) : current;
  const facts = found && "unreadable" in found ? { vault: { unreadable: found.unreadable } } : {};
  const isGone = isMissing && action !== "create";
  const notes = isGone ? ["Azure reports that its vault does not exist. It was deleted outside Pulumi."] : [];
  return { before, isNew, facts, notes };
}

const unreadVault = (definition: VaultDefinition): Vault =>
  forRules(definition, Object.fromEntries(Object.keys(definition.settings).map((name) => [name, unknown])));

/** A vault with what a preview shows of it. A provider does not show every setting of a vault. */
function filled(unread: Vault, { encryption, ...shown }: Vault): Vault {
  const known = Object.entries(shown).filter(([, value]) => value !== undefined);
  const fields = known.map(([name, value]: [string, unknown]) => {
    const has: unknown = unread[name as keyof Vault];
    return [name, isObject(has) && isObject(value) ? { ...has, ...value } : value];
  });
  const key = isEncrypted({ encryption }) && { encryption: { ...unread.encryption, state: "Enabled", ...encryption } };
  return { ...unread, ...Object.fromEntries(fields), ...key };
}
