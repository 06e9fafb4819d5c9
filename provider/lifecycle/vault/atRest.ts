import { type ArmError, isArmError } from "../../azure/index.js";
import type { Body } from "../../vaults/body.js";
import { pause } from "../deadlines.js";
import type { VaultsAt } from "./services.js";

/**
 * Azure accepts one operation on a vault at a time and returns 409 for a second one. `settled` waits for the first one to
 * complete. A 409 without an operation in progress has another cause, and is not retried for long.
 */
export async function againOnConflict<T>(deadline: number, work: () => Promise<T>): Promise<T> {
  const until = Math.min(deadline, Date.now() + conflictPatienceMs);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error) || Date.now() + pauseMs > until) throw error;
      await pause(pauseMs);
    }
  }
}

/** The vault when no operation is in progress: during one, Azure returns old values and refuses a second operation. */
export async function settled(vaults: VaultsAt, id: string, found: Body | undefined, deadline: number): Promise<Body> {
  for (let live = found ?? (await readBack(vaults, id, deadline)); ; live = await readBack(vaults, id, deadline)) {
    const state = live.properties?.provisioningState ?? "";
    if (!/^(provisioning|updating)$/i.test(state)) return live;
    if (Date.now() > deadline)
      throw new Error(`${id} is still ${state}. Run \`pulumi up\` again later, or increase \`timeouts\`.`);
    await pause(pauseMs);
  }
}

/** Reads a vault that exists. Right after a write, Azure may still return 404 for it and omit it from lists. */
export async function readBack(vaults: VaultsAt, id: string, deadline: number): Promise<Body> {
  const until = Math.min(deadline, Date.now() + visibleWithinMs);
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    const vault = await vaults.get(id, { deadline });
    if (vault) return vault;
    if (Date.now() + waitMs > until)
      throw new Error(`${id} returned 404, although it was read or written a moment ago.`);
    await pause(waitMs);
  }
}

/** A lock on the vault and an unregistered resource provider are 409 too, and waiting does not help. */
export const isConflict = (error: unknown): error is ArmError =>
  isArmError(error) && error.status === 409 && !["ScopeLocked", "MissingSubscriptionRegistration"].includes(error.code);

/**
 * The same for a creation, which has no vault to wait for: a deletion of one that had the name may still be in progress. Only
 * Azure's word for that is waited out, for as long as the deadline allows. Any other conflict is about the name itself. `work`
 * looks again for what has the name.
 */
export async function againWhileBusy<T>(
  deadline: number,
  waits: (error: ArmError) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() + pauseMs > deadline) throw error;
      if (tries === 0) await waits(error);
      await pause(pauseMs);
    }
  }
}

/**
 * For vaults, Azure documents no code for it. Others use `AnotherOperationInProgress`, or `Conflict` with the sentence "Another
 * operation on this or dependent resource is in progress". `Conflict` alone may mean anything:
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
const isBusy = (error: unknown): error is ArmError =>
  isConflict(error) &&
  !error.accepted &&
  // A resource group that is being deleted does not come back.
  error.code !== "ResourceGroupBeingDeleted" &&
  (/AnotherOperation|OperationInProgress|ConcurrentOperation/i.test(error.code) ||
    /\b(another|an|other|conflicting|concurrent|previous) operations? .*\bin progress\b|\b(is|still) being deleted\b/i.test(
      error.reason,
    ));

const visibleWithinMs = 30_000;
const conflictPatienceMs = 60_000;
const pauseMs = 2_000;
