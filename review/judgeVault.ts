import type { Transition, Verdict } from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { ByThen } from "./byThen.js";
import { evaluate } from "./decide.js";
import type { Holders } from "./holders.js";
import type { Live } from "./live.js";
import type { Planned } from "./planned.js";
import type { State } from "./preview/step.js";
import { projectedState } from "./projectedState.js";
import { toValue, type Value, valuesAreHidden, withSecrets } from "./values.js";
import { fromArm } from "./vaults/fromArm.js";
import { isVaultId } from "./vaults/vaultId.js";
import type { VaultType } from "./vaults/vaultType.js";

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
export async function judgeVault(planned: Planned, type: VaultType, around: Around): Promise<Judgement> {
  const { live, now } = around;
  const { does, old, new: wanted } = planned;
  const kept = around.kept.get(planned.urn);
  if (kept !== undefined) return { verdicts: [], notes: [kept] };
  const id = old?.id;
  const facts: Transition["facts"] = {};
  const notes: string[] = [];
  const given = (after?: Vault) =>
    ({
      resource: type.kind,
      apiVersion: type.apiVersion(old ?? wanted, after),
      deletedBy: type.apiVersion(old ?? wanted, undefined),
      isOnlyApiVersion: type.provider !== "azure-backup",
      when: "plan",
      multiRequestWrites: type.multiRequestWrites,
      now,
      after,
    }) as const;
  const options: Parameters<typeof evaluate>[1] = { live, id, accept: acceptOf(wanted ?? old) };
  const hidden = [old, wanted].some((state) => withSecrets(state?.inputs));
  if (hidden) notes.push(valuesAreHidden);

  const managed = old ? settings(type, old.inputs, undefined) : {};
  // As the last `up` or refresh left it: its outputs, and what only its inputs say.
  let before: Vault | undefined = old && { ...managed, ...settings(type, old.outputs, old.id) };
  if (before && live && isVaultId(id) && does !== "create") {
    const found = await live.vault(type.kind, id);
    if ("body" in found) {
      before = fromArm[type.kind](toValue(found.body), id);
      options.body = found.body;
    } else if ("missing" in found)
      notes.push("Azure answers that this vault does not exist: it was deleted outside Pulumi.");
    else facts.vault = { unreadable: found.unreadable };
  }

  if (does === "delete" || (does === "replace" && old?.retainOnDelete)) {
    if (old?.retainOnDelete) notes.push("The vault stays at Azure, and Pulumi forgets it: retainOnDelete is set.");
    else return { verdicts: await evaluate({ ...given(), before, facts }, options), notes };
    if (does === "delete") return { verdicts: [], notes };
    before = undefined;
  }
  const after = settings(type, wanted?.inputs, undefined);
  if (!before) return { verdicts: await evaluate({ ...given(after), facts }, options), notes };

  const replaces = planned.replaceReasons.map((name) => type.property(name));
  const transition: Transition = {
    ...given(projectedState(before, managed, after)),
    before,
    facts,
    planned: does === "replace" ? { replaces } : "update",
  };
  return { verdicts: await evaluate(transition, options), notes };
}

function settings(type: VaultType, values: Record<string, unknown> | undefined, id: string | undefined): Vault {
  return type.vault(toValue(values ?? {}), id);
}

function acceptOf(state: State | undefined): string[] {
  const accept: Value = toValue(state?.inputs.accept);
  return Array.isArray(accept) ? accept.filter((each) => typeof each === "string") : [];
}
