import { isDeepStrictEqual } from "node:util";
import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { backupError, invalidInput } from "./backupError.js";
import { policyRulesShape, refuseOddRules } from "./policyRules.js";
import { requireVault, vaultPath } from "./vaultPath.js";

const policiesPath = `${vaultPath}/backupPolicies` as const;

const policyPath = `${policiesPath}/{policyName}` as const;

const policyType = "Microsoft.DataProtection/backupVaults/backupPolicies";

function requirePolicy(vault: BackupVaultRecord, name: string, group: string): ArmResource {
  return requireChild(vault.policies.get(name.toLowerCase()), vault, `backupPolicies/${name}`, group);
}

const get = operation({
  name: "BackupPolicies_Get",
  method: "GET",
  path: policyPath,
  answer: (call) => ok(requirePolicy(requireVault(call), call.params.policyName, call.params.resourceGroupName)),
});

const list = operation({
  name: "BackupPolicies_List",
  method: "GET",
  path: policiesPath,
  answer: (call) => page(call, [...requireVault(call).policies.values()], (policy) => policy),
});

const createOrUpdate = operation({
  name: "BackupPolicies_CreateOrUpdate",
  method: "PUT",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const { policyRules, datasourceTypes, objectType } =
      requestBody(call.request, {
        properties: { policyRules: policyRulesShape, datasourceTypes: ["string"], objectType: "string" },
      }).properties ?? {};
    if (objectType !== "BackupPolicy") throw invalidInput('properties.objectType must be "BackupPolicy".');
    if (!Array.isArray(datasourceTypes)) throw invalidInput("properties.datasourceTypes is missing.");
    refuseOddRules(policyRules);
    const { policyName } = call.params;
    const before = vault.policies.get(policyName.toLowerCase());
    if (before !== undefined) {
      refuseUpdate(before, { policyRules, datasourceTypes, objectType });
      return ok(before);
    }
    const policy = {
      id: `${vault.body.id}/backupPolicies/${policyName}`,
      name: policyName,
      type: policyType,
      // Recorded: a name that clients send here, too, does not come back.
      properties: { policyRules, datasourceTypes, objectType },
    };
    vault.policies.set(policyName.toLowerCase(), policy);
    return ok(policy);
  },
});

const remove = operation({
  name: "BackupPolicies_Delete",
  method: "DELETE",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.policyName.toLowerCase();
    const policy = vault.policies.get(key);
    if (policy === undefined) return noContent;
    const used = [...vault.instances.values()].some(
      ({ properties }) => properties.policyInfo?.policyId?.toLowerCase() === policy.id.toLowerCase(),
    );
    if (used) throw policyInUse();
    vault.policies.delete(key);
    return { status: 200 };
  },
});

/**
 * Quoted in Azure/azure-docs#78532, and still what Microsoft's own tools expect in 2026 (microsoft/mcp#2452). That a PUT of
 * the same policy is taken is what Microsoft announced in Azure/bicep#6131, and not recorded.
 */
function refuseUpdate(before: ArmResource, wanted: ArmResource): void {
  if (isDeepStrictEqual(before.properties, wanted)) return;
  throw backupError(400, "UserErrorBMSUpdatePolicyNotSupported", "Update of existing policy is not supported.", [
    "Please create a new policy.",
  ]);
}

// Quoted in hashicorp/terraform-provider-azurerm#20774, without what Azure recommends.
const policyInUse = () =>
  backupError(
    400,
    "UserErrorDppPolicyObjectInUse",
    "Cannot delete the backup policy as one or more backup instances have been configured for protection with this policy.",
  );

export const backupPolicies = [get, list, createOrUpdate, remove];
