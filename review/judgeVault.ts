import type { Transition, Verdict } from "../provider/rules/index.js";
import { merge } from "../provider/vaults/compare.js";
import { readVault, type VaultDefinition } from "../provider/vaults/definitions.js";
import { forRules, type LiveState, liveState, type Vault } from "../provider/vaults/ruleVault.js";
import type { ByThen } from "./byThen.js";
import { evaluate } from "./decide.js";
import type { Holders } from "./holders.js";
import type { Live } from "./live.js";
import type { Planned } from "./planned.js";
import type { State } from "./preview/step.js";
import { toValue, type Value, valuesAreHidden, withSecrets } from "./values.js";
import { isVaultId, type PreviewAdapter, partsOf, type Settings } from "./vaults/adapters.js";

export interface Judgement {
  verdicts: Verdict[];
  notes: string[];
  /** Why nothing could be judged. */
  unjudged?: string;
}

export interface Around extends Holders {
  live?: Live;
  /** Unix seconds. */
  now: number;
  /** The vaults that the preview deletes, by their ids in lower case. */
  deleted: ReadonlySet<string>;
  /** What the program does to vaults before it deletes anything. */
  byThen: ByThen;
}

/** What Azure would say to what the engine plans for a vault. */
export async function judgeVault(planned: Planned, adapter: PreviewAdapter, around: Around): Promise<Judgement> {
  const { live, now } = around;
  const { definition } = adapter;
  const { does, old, new: wanted } = planned;
  const kept = around.kept.get(planned.urn);
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
  const hidden = [old, wanted].some((state) => withSecrets(state?.inputs));
  if (hidden) notes.push(valuesAreHidden);

  const managed = adapter.settings(toValue(old?.inputs ?? {}));
  let has = old && hasOf(adapter, old, managed);
  if (has && live && isVaultId(id) && does !== "create") {
    const found = await live.vault(definition.kind, id);
    if ("body" in found) {
      has = liveVault(definition, id, found.body);
      options.body = found.body;
    } else if ("missing" in found)
      notes.push("Azure answers that this vault does not exist: it was deleted outside Pulumi.");
    else facts.vault = { unreadable: found.unreadable };
  }
  let before = has && forRules(definition, has.settings, has.state);

  if (does === "delete" || (does === "replace" && old?.retainOnDelete)) {
    if (old?.retainOnDelete) notes.push("The vault stays at Azure, and Pulumi forgets it: retainOnDelete is set.");
    else return { verdicts: await evaluate({ ...given(), before, facts }, options), notes };
    if (does === "delete") return { verdicts: [], notes };
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
    planned: does === "replace" ? { replaces } : "update",
  };
  return { verdicts: await evaluate(transition, options), notes };
}

interface Has {
  settings: Settings;
  state: LiveState;
}

/** As the last `up` or refresh left it: its outputs, and what only its inputs say. */
function hasOf(adapter: PreviewAdapter, { id, outputs }: State, managed: Settings): Has {
  const values = toValue(outputs);
  return { settings: { ...managed, ...partsOf(id), ...adapter.settings(values) }, state: adapter.state(values) };
}

/** As Azure answers it. */
export function liveVault(definition: VaultDefinition, id: string, body: object): Has {
  const live = toValue(body) as object;
  return { settings: readVault(definition, id, live), state: liveState[definition.kind](live) };
}

function acceptOf(state: State | undefined): string[] {
  const accept: Value = toValue(state?.inputs.accept);
  return Array.isArray(accept) ? accept.filter((each) => typeof each === "string") : [];
}
