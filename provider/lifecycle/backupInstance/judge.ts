import { instanceFrom } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { instanceDeleted, instanceReplaced } from "../../rules/index.js";
import type { ProtectionRules } from "../protection/judge.js";

export const instanceRules: ProtectionRules = { replaced: instanceReplaced, deleted: instanceDeleted, isOperational };

/** By its policy. */
async function isOperational(context: Context, instanceId: string, deadline: number): Promise<boolean> {
  const { backupInstances, backupPolicies } = context.azure();
  try {
    const found = await backupInstances.get(instanceId, { deadline });
    const policyId = found?.properties.policyInfo?.policyId;
    const policy = policyId === undefined ? undefined : await backupPolicies.get(policyId, { deadline });
    if (!found || !policy) return false;
    const { dataStoreTypes = [] } = instanceFrom(found, [policy], "");
    return dataStoreTypes.length > 0 && dataStoreTypes.every((type) => /^operationalstore$/i.test(type));
  } catch {
    return false;
  }
}
