import { type BackupPolicyResource, dataStoreTypes, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { dataSourceNamed, dataSourceOf } from "../../policies/dataSources.js";
import { containsUnknown } from "../../vaults/unknowns.js";
import { messageOf, recentReads } from "../run/facts.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { containersMissing, policyNotChecked, policyOfAnother } from "./wording.js";

/** What of an instance does not fit its policy. One that is not there is still to come in this run. */
export async function policyInPreview(context: Context, inputs: BackupInstanceInputs): Promise<Prerequisites> {
  const { policyId, dataSource } = inputs;
  if (containsUnknown({ policyId, dataSource })) return nothingMissing;
  try {
    const policy = await recentReads(context).backupPolicies.get(policyId, previewDeadline());
    return policy ? { missing: notFitting(inputs, policy), notes: [] } : nothingMissing;
  } catch (error) {
    return { missing: [], notes: [policyNotChecked(inputs, messageOf(error))] };
  }
}

function notFitting(inputs: BackupInstanceInputs, policy: BackupPolicyResource): string[] {
  const { dataSource, containers, autoProtectionSettings } = inputs;
  const { noun, armType } = dataSourceOf(dataSource);
  const [type = armType, ...more] = policy.properties.datasourceTypes ?? [];
  if (more.length === 0 && type.toLowerCase() !== armType.toLowerCase()) {
    const other = dataSourceNamed(type);
    return [policyOfAnother(inputs, other ? dataSourceOf(other).noun : type, noun)];
  }
  const isVaulted = dataStoreTypes(policy)?.includes("VaultStore");
  const isNamed = containers !== undefined || autoProtectionSettings !== undefined;
  return dataSource === "AzureBlob" && isVaulted && !isNamed ? [containersMissing(inputs)] : [];
}
