import { type AzureFacts, isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import {
  consentNeeded,
  type DependencyRule,
  type Fact,
  type GuardedBackup,
  type GuardedDeed,
  guardedOfInstance,
  guardedOfItem,
  instanceGuarded,
  itemGuarded,
} from "../../rules/index.js";
import { guardOfRequest, isAmong, requestOf } from "../../vaults/guardedOperations.js";
import { associationIdOf } from "../../vaults/guardId.js";
import { type Maybe, markUnknown } from "../../vaults/unknowns.js";
import { kindOf, type VaultKind } from "../../vaults/vaultId.js";
import { whoIsSignedIn } from "../guards/whoIsSignedIn.js";
import { orUnreadable } from "../run/facts.js";

/*
 * What a resource guard may protect of what is done to a backup instance or a protected item.
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */

const guarded: Record<VaultKind, { rule: DependencyRule<GuardedBackup>; deeds: typeof guardedOfInstance }> = {
  BackupVault: { rule: instanceGuarded, deeds: guardedOfInstance },
  RecoveryServicesVault: { rule: itemGuarded, deeds: guardedOfItem },
};

export const guardedRule = (vault: string): DependencyRule<GuardedBackup> => guarded[kindOf(vault)].rule;

type Facts = Pick<AzureFacts, "guardOfVault">;

export const guardOf = (facts: Facts, vault: string, deadline: number): Promise<Fact<VaultGuard>> =>
  orUnreadable(() => facts.guardOfVault(vault, { deadline }));
type VaultGuard = Awaited<ReturnType<Facts["guardOfVault"]>>;

/** The requests that a program names, as rules read them. */
export const namedRequests = (requests: readonly string[] = []): Maybe<Maybe<string>[]> =>
  markUnknown(requests) as Maybe<Maybe<string>[]>;

/** What is changed or removed. */
export interface GuardedOne {
  id: string;
  vault: string;
  /** What messages call it. */
  name: string;
}

/** Does what a resource guard may protect, with the request for it. Without the guard's consent, the error says who needs it. */
export async function withRequest(
  context: Context,
  one: GuardedOne,
  what: Exclude<GuardedDeed, "policy">,
  deadline: number,
  work: (requests: string[]) => Promise<void>,
): Promise<void> {
  const { operation, requests: collection } = guarded[kindOf(one.vault)].deeds[what];
  const { ids, excludedOperations, requests } = await context.azure().guardOfVault(one.vault, { deadline });
  // The vault itself knows best what its guard calls the request.
  const request = (id: string) => requests[operation.toLowerCase()] || requestOf(id, collection);
  const sent = isAmong(excludedOperations, operation) ? [] : ids.map(request);
  await withConsent(context, one, sent, deadline, () => work(sent));
}

/** A deletion names no request: it is unlocked before. After that, Azure makes it within half an hour. */
export const deleteGuarded = (
  context: Context,
  one: GuardedOne,
  deadline: number,
  work: () => Promise<void>,
): Promise<void> =>
  withRequest(context, one, "delete", deadline, async (requests) => {
    const { id, vault } = one;
    const proxy = { id: associationIdOf(vault), vaultId: vault };
    if (requests.length > 0) await context.azure().resourceGuardProxies.unlockDelete(proxy, requests, { deadline }, id);
    await work();
  });

/** @param requests those that are sent to the vault's guard */
export async function withConsent<T>(
  context: Context,
  { vault, name }: Pick<GuardedOne, "vault" | "name">,
  [request]: readonly string[],
  deadline: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (request === undefined || !isArmError(error) || error.status !== 403) throw error;
    const needed = consentNeeded(guardOfRequest(request), await whoIsSignedIn(context, deadline));
    const { code, source } = guardedRule(vault);
    throw new Error(
      `${code}: ${name} is left as it is: a resource guard protects this operation. ${needed} ${error.message} ${source}`,
    );
  }
}
