import { outdated, type Transition, type Verdict } from "../provider/rules/index.js";
import { merge } from "../provider/vaults/compare.js";
import { readVault, type VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, type LiveState, liveState, type Vault } from "../provider/vaults/ruleVault.js";
import { isSameVault, parseVaultId, type VaultKind } from "../provider/vaults/vaultId.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import { evaluate } from "./evaluate.js";
import { isKeptUnknown, isLeftUnknown } from "./keptUnknown.js";
import type { Live } from "./live.js";
import { withOtherStores } from "./otherStores.js";
import { keyOf, type Ownership } from "./owners.js";
import type { ProjectedState } from "./projectedState.js";
import { withoutDeleted } from "./sameRun.js";
import { at, containsSecret, secretsHiddenNote, toValue, type Value } from "./values.js";
import { isVaultId, type PreviewAdapter, partsOf, type Settings } from "./vaults/adapters.js";
import { storageSettings } from "./vaults/armBody.js";
import { type HiddenNames, withoutHiddenPolicies } from "./withoutHiddenNames.js";

export interface Judgement {
  verdicts: Verdict[];
  notes: string[];
  /** Why it could not be checked. */
  unchecked?: string;
  /** Of a setting: the run creates its vault. */
  isOfNewVault?: true;
}

export interface ReviewContext extends Ownership {
  live?: Live;
  /** Unix seconds. */
  now: number;
  /** The lower-case IDs of the vaults that the preview deletes. */
  deleted: ReadonlySet<string>;
  hidden: HiddenNames;
  /** The lower-case IDs of everything that the preview deletes. */
  goes: ReadonlySet<string>;
  /** What the program does to vaults before it deletes anything. */
  projected: ProjectedState;
}

/** Judges what the engine plans for a vault. */
export async function judgeVault(
  planned: PlannedChange,
  adapter: PreviewAdapter,
  context: ReviewContext,
): Promise<Judgement> {
  const { now, goes, hidden } = context;
  const live = context.live && withoutHiddenPolicies(withoutDeleted(context.live, goes), hidden);
  const { definition } = adapter;
  const { action, old, new: wanted } = planned;
  const kept = action === "delete" || action === "replace" ? context.kept.get(keyOf(planned)) : undefined;
  if (kept !== undefined) return { verdicts: [], notes: [kept] };
  const id = old?.id;
  const facts: Transition["facts"] = {};
  const notes: string[] = [];
  const given = (after?: Vault) =>
    ({
      resource: definition.kind,
      apiVersion: adapter.apiVersion(old ?? wanted, after),
      deletedBy: adapter.apiVersion(old ?? wanted, undefined),
      isOnlyApiVersion: adapter.provider !== "azure-backup",
      ...(old?.deletesItems && { deletesItems: true }),
      when: "plan",
      multiRequestWrites: adapter.multiRequestWrites,
      now,
      after,
    }) as const;
  const options: Parameters<typeof evaluate>[1] = { live, id, accept: acceptOf(adapter, wanted ?? old) };
  if (containsSecret(old?.inputs) || containsSecret(wanted?.inputs)) notes.push(secretsHiddenNote);

  const managed = adapter.settings(toValue(old?.inputs ?? {}));
  let isMissing = false;
  let has = old && fromState(adapter, old, managed);
  if (has && live && isVaultId(id) && action !== "create") {
    const found = await live.vault(definition.kind, id);
    if ("body" in found) {
      has = liveVault(definition, id, found.body);
      options.body = found.body;
    } else if ("missing" in found) {
      isMissing = true;
      notes.push("Azure reports that this vault does not exist. It was deleted outside Pulumi.");
    } else facts.vault = { unreadable: found.unreadable };
  }
  const isUnread = options.body === undefined && !isMissing;
  // What other resources set is in the live vault, but not in this resource's state.
  const own = has && forRules(definition, has.settings, has.state);
  let before = own && (isUnread ? context.projected.current(own, id) : own);
  if (isMissing && live && isVaultId(id) && action !== "update" && (await isUnlisted(live, id))) {
    if (action === "delete") return { verdicts: [], notes };
    before = undefined;
  }

  if (action === "delete" || (action === "replace" && old?.retainOnDelete)) {
    if (old?.retainOnDelete)
      notes.push("The vault stays in Azure, because `retainOnDelete` is set. Pulumi only removes it from the stack.");
    else return { verdicts: await evaluate({ ...given(), before, facts }, options), notes };
    if (action === "delete") return { verdicts: [], notes };
    before = undefined;
  }
  const wants = adapter.settings(toValue(wanted?.inputs ?? {}));
  if (!before || !has || !own) {
    const after = forRules(definition, wants);
    return { verdicts: await evaluate({ ...given(after), facts }, options), notes };
  }
  const merged = forRules(definition, merge(definition, has.settings, wants, droppable(adapter, managed)), {
    ...has.state,
    ...wantedRegions(adapter, planned),
  });
  // What other resources set in this run is judged with them, and here only what the vault's own change does to it.
  const withComing = (vault: Vault) => context.projected.vault(vault, id, planned.address);
  const current = withComing(before);
  const changed = isUnread ? context.projected.changed({ before: own, after: merged }, id) : merged;
  // A replacement begins without what other resources, or nobody, set on the old vault.
  const after = action === "replace" ? forRules(definition, wants) : withComing(changed);
  const replaces = planned.replaceReasons.map((name) => adapter.property(name));
  const transition: ChangeOfVault = {
    ...given(after),
    before: current,
    after,
    facts,
    planned: action === "replace" ? { replaces } : "update",
  };
  const lists: Parameters<typeof withOtherStores>[1] = {
    before: options.body
      ? at(toValue(options.body), storageSettings)
      : adapter.stores?.(toValue({ ...old?.inputs, ...old?.outputs })),
    after: adapter.stores?.(toValue(wanted?.inputs ?? {})),
  };
  const stores = withOtherStores({ before: current, after }, lists);
  const others = stores.map((store) => evaluate({ ...transition, ...store }, options));
  const ofStores = (await Promise.all(others)).flat().filter(({ property }) => property === "redundancy");
  const verdicts = isUnread ? await evaluateOutdated(transition, options) : await evaluate(transition, options);
  const set = { before: forRules(definition, managed), after: forRules(definition, wants) };
  const isKept = planned.hidesDifference ? isLeftUnknown : isKeptUnknown;
  const isMeant = ({ property }: Verdict) => action === "replace" || !isKept(property, transition, set);
  return { verdicts: [...verdicts.filter(isMeant), ...ofStores], notes };
}

/** A PUT that leaves these out keeps them, as recorded exchanges with Azure show. This package resets what its program drops. */
const keptIfLeftOut: Partial<Record<VaultKind, readonly string[]>> = {
  RecoveryServicesVault: ["immutability", "crossSubscriptionRestore"],
};

const droppable = ({ provider, definition }: PreviewAdapter, managed: Settings): Settings => {
  const kept = provider === "azure-backup" ? [] : (keptIfLeftOut[definition.kind] ?? []);
  return Object.fromEntries(Object.entries(managed).filter(([name]) => !kept.includes(name)));
};

export type ChangeOfVault = Transition & Required<Pick<Transition, "before" | "after">>;

/** Somebody may have made a setting permanent since the state was written, whatever the state says. */
export async function evaluateOutdated(
  transition: ChangeOfVault,
  options: Parameters<typeof evaluate>[1],
): Promise<Verdict[]> {
  const verdicts = await evaluate(transition, options);
  const refused = verdicts.flatMap(({ decision, property }) => (decision === "refuse" ? [property] : []));
  const before = outdated(transition.resource, transition, refused);
  return before === transition.before ? verdicts : evaluate({ ...transition, before }, options);
}

/** Another provider's program may list the regions, and then a region that it no longer lists is not wanted. */
function wantedRegions(adapter: PreviewAdapter, { old, new: wanted, operation }: PlannedChange): LiveState {
  const regionsIn = (state: State | undefined) => adapter.state(toValue(state?.inputs ?? {})).replicatedRegions;
  const wants = regionsIn(wanted);
  // What-if and an import have Azure's own list before the change, whether or not the program has one.
  const isOfAzure = adapter.provider === "arm" || operation === "import";
  const isStated = regionsIn(old) !== undefined && (wants !== undefined || !isOfAzure);
  return isStated ? { replicatedRegions: wants ?? [] } : {};
}

/** A deletion without a finding needs more than one response that a vault does not exist. */
async function isUnlisted({ vaults }: Live, id: string): Promise<boolean> {
  const listed = await vaults?.([parseVaultId(id)?.subscriptionId ?? ""]);
  if (!listed || "unreadable" in listed || listed.unread.length > 0) return false;
  return !listed.vaults.some((each) => isSameVault(each.id, id));
}

export interface CurrentSettings {
  settings: Settings;
  state: LiveState;
}

/** The vault as of the last `up` or refresh: its outputs, and its inputs for what they lack. */
export function fromState(adapter: PreviewAdapter, { id, outputs }: State, managed: Settings): CurrentSettings {
  const values = toValue(outputs);
  return { settings: { ...managed, ...partsOf(id), ...adapter.settings(values) }, state: adapter.state(values) };
}

/** The vault when the preview has created and updated everything, which is before it deletes anything. */
export function settledVault(adapter: PreviewAdapter, planned: PlannedChange, has: CurrentSettings): Vault {
  const { action, old, new: wanted } = planned;
  const { definition } = adapter;
  if (action !== "update" || !wanted) return forRules(definition, has.settings, has.state);
  const managed = adapter.settings(toValue(old?.inputs ?? {}));
  return forRules(
    definition,
    merge(definition, has.settings, adapter.settings(toValue(wanted.inputs)), droppable(adapter, managed)),
    has.state,
  );
}

/** The vault in Azure's response. */
export function liveVault(definition: VaultDefinition, id: string, body: object): CurrentSettings {
  const live = toValue(body) as object;
  return { settings: readVault(definition, id, live), state: liveState[definition.kind](live) };
}

/** The refusals that the program overrides. Undefined if its resource has no argument for it. */
export function acceptOf({ hasAccept }: Pick<PreviewAdapter, "hasAccept">, state: State | undefined) {
  if (!hasAccept) return undefined;
  const accept: Value = toValue(state?.inputs.accept);
  return Array.isArray(accept) ? accept.filter((each) => typeof each === "string") : [];
}
