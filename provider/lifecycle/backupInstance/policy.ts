import { type BackupPolicyResource, dataStoreTypes, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { PlannedPolicy } from "../../host/run.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { type DataSourceName, dataSourceNamed, dataSourceOf } from "../../policies/dataSources.js";
import { containsUnknown } from "../../vaults/unknowns.js";
import { messageOf, recentReads } from "../run/facts.js";
import { policyOfProgram } from "../run/program.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { containersMissing, policyNotChecked, policyOfAnother } from "./wording.js";

type Policy = Pick<BackupPolicyResource, "properties">;

/** What of an instance does not fit its policy, which the program makes or Azure has. Of any other, nothing is known yet. */
export async function policyInPreview(
  context: Context,
  inputs: BackupInstanceInputs,
  { waitsForNew }: FromProgram,
): Promise<Prerequisites> {
  const { policyId, dataSource } = inputs;
  if (containsUnknown({ policyId, dataSource })) return nothingMissing;
  const planned = policyOfProgram(context, policyId);
  if (planned) return { missing: notFitting(inputs, asPlanned(planned)), notes: [] };
  if (waitsForNew) return nothingMissing;
  try {
    const policy = await recentReads(context).backupPolicies.get(policyId, previewDeadline());
    return policy ? { missing: notFitting(inputs, policy), notes: [] } : nothingMissing;
  } catch (error) {
    return { missing: [], notes: [policyNotChecked(inputs, messageOf(error))] };
  }
}

function asPlanned({ dataSource, properties }: PlannedPolicy): Policy {
  const { armType } = dataSourceOf(dataSource as DataSourceName);
  return { properties: { datasourceTypes: [armType], ...properties } } as Policy;
}

function notFitting(inputs: BackupInstanceInputs, policy: Policy): string[] {
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
