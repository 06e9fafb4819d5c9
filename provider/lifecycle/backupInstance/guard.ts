import { type AzureFacts, isArmError, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import { type BackupInstanceInputs, requireInstanceId } from "../../instances/backupInstance.js";
import { consentNeeded, guardedOfInstance, instanceGuarded, judgeDependency, type Verdict } from "../../rules/index.js";
import { guardOfRequest, requestOf } from "../../vaults/guardedOperations.js";
import { associationIdOf } from "../../vaults/guardId.js";
import { isUnknown, type Maybe, markUnknown } from "../../vaults/unknowns.js";
import { whoIsSignedIn } from "../guards/whoIsSignedIn.js";
import { orUnreadable, sharedFacts } from "../run/facts.js";
import { instanceCalled } from "./wording.js";

type Facts = Pick<AzureFacts, "guardOfVault">;

/** What another policy needs of the guard's owner. @param before the policy that it has. Absent: not known */
export async function judgeOtherPolicy(
  facts: Facts,
  inputs: BackupInstanceInputs,
  before: string | undefined,
  deadline: number,
): Promise<Verdict[]> {
  const { policyId, vault, resourceGuardOperationRequests = [] } = inputs;
  if (isSameId(policyId, before)) return [];
  return judgeDependency(instanceGuarded, "change", {
    what: "policy",
    guard: await guardOf(facts, vault, deadline),
    named: markUnknown(resourceGuardOperationRequests) as Maybe<Maybe<string>[]>,
    isOpen: isUnknown(policyId),
  });
}

/** What a replacement, which deletes the old instance first, needs of the guard's owner. */
export async function judgeDeletedForAnother(context: Context, vault: string): Promise<Verdict[]> {
  const guard = await guardOf(sharedFacts(context), vault, previewDeadline().deadline);
  return judgeDependency(instanceGuarded, "replace", { what: "delete", guard, isOpen: false });
}

const guardOf = (facts: Facts, vault: string, deadline: number) =>
  orUnreadable(() => facts.guardOfVault(vault, { deadline }));

/** Does what a resource guard may protect, with the request for it. Without the guard's consent, the error says who needs it. */
export async function withRequest(
  context: Context,
  instanceId: string,
  what: Exclude<keyof typeof guardedOfInstance, "policy">,
  deadline: number,
  work: (requests: string[]) => Promise<void>,
): Promise<void> {
  const { operation, requests } = guardedOfInstance[what];
  const { ids, excludedOperations } = await context
    .azure()
    .guardOfVault(requireInstanceId(instanceId).vault, { deadline });
  const isExcluded = excludedOperations.some((name) => isSameId(name, operation));
  const sent = isExcluded ? [] : ids.map((id) => requestOf(id, requests));
  await withConsent(context, { instanceId }, sent, deadline, () => work(sent));
}

/** @param requests those that are sent to the vault's guard */
export async function withConsent<T>(
  context: Context,
  inputs: Pick<BackupInstanceInputs, "instanceId">,
  [request]: readonly string[],
  deadline: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (request === undefined || !isArmError(error) || error.status !== 403) throw error;
    const needed = consentNeeded(guardOfRequest(request), await whoIsSignedIn(context, deadline));
    throw new Error(
      `${instanceGuarded.code}: ${instanceCalled(inputs)} is left as it is: a resource guard protects this operation. ${needed} ` +
        `${error.message} ${instanceGuarded.source}`,
    );
  }
}

/** After this, Azure deletes the instance within half an hour. */
export async function unlockDeletion(
  context: Context,
  instanceId: string,
  requests: readonly string[],
  deadline: number,
): Promise<void> {
  if (requests.length === 0) return;
  const { vault } = requireInstanceId(instanceId);
  const proxy = { id: associationIdOf(vault), vaultId: vault };
  await context.azure().resourceGuardProxies.unlockDelete(proxy, requests, { deadline }, instanceId);
}
