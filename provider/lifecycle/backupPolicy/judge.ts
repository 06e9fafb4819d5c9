import type { Instance } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { type BackupPolicyInputs, policyContent } from "../../policies/backupPolicy.js";
import { keptBy } from "../../policies/content.js";
import { type Fact, judgeDependency, policyDeleted, policyRetentionShorter, type Verdict } from "../../rules/index.js";
import { forgetFacts, isShared, messageOf, sharedFacts } from "../run/facts.js";

/** The backup instances that use a policy. */
export const usersOf = (policyId: string, instances: readonly Instance[]): Instance[] =>
  instances.filter((each) => each.policyId?.toLowerCase() === policyId.toLowerCase());

/**
 * What a replacement of a policy means for the backup instances that use it.
 *
 * @param keepsId the old policy goes before the new one comes. Otherwise it goes last, when the program has perhaps given
 * its instances another one
 */
export async function judgeReplacement(
  context: Context,
  old: BackupPolicyInputs,
  inputs: BackupPolicyInputs,
  keepsId: boolean,
): Promise<Verdict[]> {
  const users = await usersNow(context, old);
  const found = "value" in users ? users.value : [];
  const inUse = judgeDependency(policyDeleted, keepsId ? "replace" : "delete", {
    kind: "BackupVault",
    users: keepsId || "unreadable" in users ? users : { value: [] },
    perhaps: keepsId ? [] : found,
  });
  const [before, after] = [policyContent(old), policyContent(inputs)];
  const shorter = judgeDependency(policyRetentionShorter, "replace", {
    before: before ? keptBy(before) : [],
    after: after ? keptBy(after) : [],
  });
  return [...inUse, ...shorter];
}

/** All plans of a run share what is read; a refusal is confirmed by another look. */
async function usersNow(context: Context, { vault, policyId }: BackupPolicyInputs): Promise<Fact<Instance[]>> {
  const look = async (): Promise<Fact<Instance[]>> => {
    try {
      return { value: usersOf(policyId, await sharedFacts(context).instances(vault)) };
    } catch (error) {
      return { unreadable: messageOf(error) };
    }
  };
  const wasShared = isShared(context);
  const seen = await look();
  if (!wasShared || !("value" in seen) || seen.value.length === 0) return seen;
  forgetFacts(context);
  return look();
}
