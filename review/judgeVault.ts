import type { Transition, Verdict } from "../provider/rules/index.js";
import { merge } from "../provider/vaults/compare.js";
import { readVault, type VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, type LiveState, liveState, type Vault } from "../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import type { Live } from "./evaluate.js";
import { evaluate } from "./evaluate.js";
import { keyOf, type Ownership } from "./owners.js";
import type { ProjectedState } from "./projectedState.js";
import { containsSecret, secretsHiddenNote, toValue, type Value } from "./values.js";
import { isVaultId, type PreviewAdapter, partsOf, type Settings } from "./vaults/adapters.js";

export interface Judgement {
  verdicts: Verdict[];
  notes: string[];
  /** Why it could not be checked. */
  unchecked?: string;
}

export interface ReviewContext extends Ownership {
  live?: Live;
  /** Unix seconds. */
  now: number;
  /** The lower-case IDs of the vaults that the preview deletes. */
  deleted: ReadonlySet<string>;
  /** What the program does to vaults before it deletes anything. */
  projected: ProjectedState;
}

/** Judges what the engine plans for a vault. */
export async function judgeVault(
  planned: PlannedChange,
  adapter: PreviewAdapter,
  context: ReviewContext,
): Promise<Judgement> {
  const { live, now } = context;
  const { definition } = adapter;
  const { action, old, new: wanted } = planned;
  const kept = context.kept.get(keyOf(planned));
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
      when: "plan",
      multiRequestWrites: adapter.multiRequestWrites,
      now,
      after,
    }) as const;
  const options: Parameters<typeof evaluate>[1] = { live, id, accept: acceptOf(wanted ?? old) };
  const hidden = [old, wanted].some((state) => containsSecret(state?.inputs));
  if (hidden) notes.push(secretsHiddenNote);

  const managed = adapter.settings(toValue(old?.inputs ?? {}));
  let has = old && fromState(adapter, old, managed);
  if (has && live && isVaultId(id) && action !== "create") {
    const found = await live.vault(definition.kind, id);
    if ("body" in found) {
      has = liveVault(definition, id, found.body);
      options.body = found.body;
    } else if ("missing" in found)
      notes.push("Azure reports that this vault does not exist. It was deleted outside Pulumi.");
    else facts.vault = { unreadable: found.unreadable };
  }
  let before = has && forRules(definition, has.settings, has.state);

  if (action === "delete" || (action === "replace" && old?.retainOnDelete)) {
    if (old?.retainOnDelete)
      notes.push("The vault stays in Azure, because `retainOnDelete` is set. Pulumi only removes it from the stack.");
    else return { verdicts: await evaluate({ ...given(), before, facts }, options), notes };
    if (action === "delete") return { verdicts: [], notes };
    before = undefined;
  }
  const wants = adapter.settings(toValue(wanted?.inputs ?? {}));
  if (!before || !has) {
    const after = forRules(definition, wants);
    return { verdicts: await evaluate({ ...given(after), facts }, options), notes };
  }
  const after = forRules(definition, merge(definition, has.settings, wants, managed), has.state);
  const replaces = planned.replaceReasons.map((name) => adapter.property(name));
  const transition: Transition = {
    ...given(after),
    before,
    facts,
    planned: action === "replace" ? { replaces } : "update",
  };
  return { verdicts: await evaluate(transition, options), notes };
}

interface CurrentSettings {
  settings: Settings;
  state: LiveState;
}

/** The vault as of the last `up` or refresh: its outputs, and its inputs for what they lack. */
function fromState(adapter: PreviewAdapter, { id, outputs }: State, managed: Settings): CurrentSettings {
  const values = toValue(outputs);
  return { settings: { ...managed, ...partsOf(id), ...adapter.settings(values) }, state: adapter.state(values) };
}

/** The vault in Azure's response. */
export function liveVault(definition: VaultDefinition, id: string, body: object): CurrentSettings {
  const live = toValue(body) as object;
  return { settings: readVault(definition, id, live), state: liveState[definition.kind](live) };
}

function acceptOf(state: State | undefined): string[] {
  const accept: Value = toValue(state?.inputs.accept);
  return Array.isArray(accept) ? accept.filter((each) => typeof each === "string") : [];
}
