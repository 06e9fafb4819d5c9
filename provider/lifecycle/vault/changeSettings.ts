import { isDeepStrictEqual } from "node:util";
import type { Context } from "../../host/context.js";
import type { Body } from "../../vaults/body.js";
import { differences, merge, notKept, only } from "../../vaults/compare.js";
import { readVault, type SomeSettings, type VaultInputs } from "../../vaults/definitions.js";
import { hasFailed, liveState } from "../../vaults/ruleVault.js";
import { buildUpdate, type Write } from "../../vaults/writes.js";
import { pause } from "../deadlines.js";
import { againOnConflict, settled } from "./atRest.js";
import { assertChangeAllowed } from "./judge.js";
import type { VaultService } from "./services.js";
import { changedMeanwhile, endedAsFailed, keepsChanging, leftOut, valuesNotKept } from "./wording.js";

export interface ChangeOptions {
  /** The vault, if it was read already. */
  found?: Body;
  /** The program's old inputs. */
  managed?: SomeSettings;
  deadline: number;
}

/**
 * Changes settings of a live vault: read, judge, write what differs, read back. Other clients may change the same vault, and
 * Azure documents no `If-Match` for it. So the vault is read again immediately before and after the write. If it changed
 * since it was judged, the whole change starts again from the new state, and so does `wanted`. An operation of another client
 * at the same time is a conflict.
 */
export async function changeSettings(
  type: VaultService,
  context: Context,
  id: string,
  wanted: (has: SomeSettings) => Promise<VaultInputs>,
  { found, managed, deadline }: ChangeOptions,
): Promise<Body> {
  const vaults = type.vaults(context.azure());
  const look = () => settled(vaults, id, undefined, deadline);
  let first = found;
  return againOnConflict(deadline, async () => {
    let live = await settled(vaults, id, first, deadline);
    first = undefined;
    let lost = 0;
    for (let rounds = 0; rounds < maxRounds; rounds += 1) {
      const before = readVault(type, id, live);
      const inputs = await wanted(before);
      const after = merge(type, before, inputs, managed);
      const write = buildUpdate(type, id, live, inputs, type.writtenBy);
      // Also judged where nothing is sent: Azure may have no way to make the change.
      const proposed = { id, before, after, live, writes: write !== undefined, when: "write", deadline } as const;
      await assertChangeAllowed(type, context, proposed, inputs);
      if (!write) return live;

      const judged = live;
      live = await look();
      if (!isUnchanged(type, id, judged, live)) continue;
      const send = write.method === "PUT" ? vaults.createOrUpdate : vaults.update;
      await send(id, write.body, { deadline, apiVersion: type.writtenBy(after) });
      live = await look();
      for (const warning of others(type, inputs, judged, live, write)) await context.warn(warning);
      if (write.more) continue;

      const shown = readVault(type, id, live);
      const unkept = notKept(type, await wanted(shown), shown);
      if (unkept.length === 0) {
        // The operation may succeed and the vault say otherwise. The next `pulumi up` writes such a vault whole.
        if (hasFailed(live)) throw new Error(endedAsFailed(id));
        return live;
      }
      lost += 1;
      if (lost === maxLost) throw new Error(valuesNotKept(id, unkept, lost));
      // Azure may need a moment to return the new values.
      await pause(pauseMs);
      live = await look();
    }
    throw new Error(keepsChanging(id));
  });
}

/** More than any change needs, so that other clients may interrupt it several times. */
const maxRounds = 12;
/** A setting that is lost this often is managed by another client. */
const maxLost = 3;
const pauseMs = 1_000;

/** Whether the vault is unchanged since it was judged: its settings, and what else the rules know of it. */
function isUnchanged(type: VaultService, id: string, judged: Body, now: Body): boolean {
  const known = (vault: Body) => [readVault(type, id, vault), liveState[type.kind](vault), hasFailed(vault)];
  return isDeepStrictEqual(known(judged), known(now));
}

/** The settings that changed without being sent, in words. After a failed write, a vault may show values that it never had. */
function others(
  type: VaultService,
  inputs: VaultInputs,
  judged: Body,
  live: Body,
  { sends: sent, leavesOut }: Write,
): string[] {
  if (hasFailed(judged)) return [];
  const [before = {}, after = {}] = [judged, live].map((vault) => readVault(type, inputs.vaultId, vault));
  const unsent = type.writable.filter((name) => !sent.includes(name));
  const differing = [
    ...differences(type, only(before, unsent), after),
    ...differences(type, only(after, unsent), before),
  ];
  const lost = leavesOut.filter((name) => differing.some((each) => each === name));
  const changed = unsent.filter((name) => differing.includes(name) && !lost.includes(name));
  const ours = changed.filter((name) => inputs[name] !== undefined);
  const theirs = changed.filter((name) => inputs[name] === undefined);
  return [
    ...(lost.length > 0 ? [leftOut(inputs.vaultId, lost, sent)] : []),
    ...(theirs.length > 0 ? [changedMeanwhile(inputs.vaultId, theirs, sent, "The change is kept")] : []),
    ...(ours.length > 0 ? [changedMeanwhile(inputs.vaultId, ours, sent, "The program's values are restored")] : []),
  ];
}
