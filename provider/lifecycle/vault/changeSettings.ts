import { isDeepStrictEqual } from "node:util";
import type { Context } from "../../host/context.js";
import { pause } from "../pause.js";
import { againOnConflict, settled } from "./atRest.js";
import { hasFailed } from "./hasFailed.js";
import { assertChangeAllowed } from "./judgement.js";
import { merge, only } from "./merge.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType, Write } from "./vaultType.js";
import { changedMeanwhile, doesNotStay, leftOut, neverAtRest } from "./wording.js";

export interface ChangeOptions<I, R> {
  /** The vault as it was read a moment ago. */
  found?: R;
  removed?: readonly (keyof I)[];
  deadline: number;
}

/**
 * Changes settings of a live vault: read, judge, write what differs, read back. Others may be at work on the same vault,
 * and Azure documents no `If-Match` for it. So the vault is looked at again just before the write, which begins anew where
 * somebody has changed it since it was judged, and after it. An operation of somebody else's at the same time is a
 * conflict. Each time all begins from what the vault has become, so `wanted` is asked again.
 */
export async function changeSettings<I extends VaultInputs, R extends VaultResource>(
  type: VaultType<I, R>,
  context: Context,
  id: string,
  wanted: (has: Partial<I>) => Promise<I>,
  { found, removed, deadline }: ChangeOptions<I, R>,
): Promise<R> {
  const vaults = type.vaults(context.azure());
  const look = () => settled(vaults, id, undefined, deadline);
  let first = found;
  return againOnConflict(deadline, async () => {
    let live = await settled(vaults, id, first, deadline);
    first = undefined;
    let lost = 0;
    for (let rounds = 0; rounds < maxRounds; rounds += 1) {
      const before = type.fromArm(id, live);
      const inputs = await wanted(before);
      const after = merge<I>(before, inputs, removed);
      const write = type.change(id, live, inputs);
      // Also where nothing is sent: that may be because Azure has no way to do what is asked.
      const proposed = { id, before, after, live, writes: write !== undefined, when: "write", deadline } as const;
      await assertChangeAllowed(type, context, proposed, inputs);
      if (!write) return live;

      const judged = live;
      live = await look();
      if (!isSameVault(type, id, judged, live)) continue;
      const send = write.method === "PUT" ? vaults.createOrUpdate : vaults.update;
      await send(id, write.body, { deadline, apiVersion: type.writtenBy(after) });
      live = await look();
      for (const warning of others(type, inputs, judged, live, write)) await context.warn(warning);
      if (write.more) continue;

      const shown = type.fromArm(id, live);
      const notKept = type.notKept(await wanted(shown), shown);
      if (notKept.length === 0) return live;
      lost += 1;
      if (lost === maxLost) throw new Error(doesNotStay(id, notKept, lost));
      // Azure may only need a moment to show it.
      await pause(pauseMs);
      live = await look();
    }
    throw new Error(neverAtRest(id));
  });
}

/** More than any change takes by itself, and as often as others may come in between. */
const maxRounds = 12;
/** Who loses a setting to somebody else so often has found another program that manages it. */
const maxLost = 3;
const pauseMs = 1_000;

/** Whether it is still what was judged: in its settings, and in what else rules know of it. */
function isSameVault<I extends VaultInputs, R extends VaultResource>(
  { fromArm, toRules }: VaultType<I, R>,
  id: string,
  judged: R,
  now: R,
): boolean {
  const known = (vault: R) => {
    const settings = fromArm(id, vault);
    return [settings, toRules(settings, vault), hasFailed(vault)];
  };
  return isDeepStrictEqual(known(judged), known(now));
}

/** What was not sent and is not as it was read, in words. After a failure a vault shows what it may never have been. */
function others<I extends VaultInputs, R extends VaultResource>(
  { fromArm, differences, writable }: VaultType<I, R>,
  inputs: I,
  judged: R,
  live: R,
  { sends: sent, leavesOut = [] }: Write<R>,
): string[] {
  if (hasFailed(judged)) return [];
  const [before, after] = [fromArm(inputs.vaultId, judged), fromArm(inputs.vaultId, live)];
  const unsent = writable.filter((name) => !sent.includes(name));
  const differing = [
    ...differences(only<Partial<I>>(before, unsent), after),
    ...differences(only<Partial<I>>(after, unsent), before),
  ];
  const lost = leavesOut.filter((name) => differing.some((each) => each === name));
  const changed = unsent.filter((name) => differing.includes(name) && !lost.includes(name));
  const ours = changed.filter((name) => inputs[name] !== undefined);
  const theirs = changed.filter((name) => inputs[name] === undefined);
  return [
    ...(lost.length > 0 ? [leftOut(inputs.vaultId, lost, sent)] : []),
    ...(theirs.length > 0 ? [changedMeanwhile(inputs.vaultId, theirs, sent, "It was kept")] : []),
    ...(ours.length > 0 ? [changedMeanwhile(inputs.vaultId, ours, sent, "It is set back to match the program")] : []),
  ];
}
