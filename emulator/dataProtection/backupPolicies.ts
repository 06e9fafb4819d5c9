import { requireChild } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { invalidInput, unverified } from "./backupError.js";
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
        properties: { policyRules: "any", datasourceTypes: ["string"], objectType: "string" },
      }).properties ?? {};
    if (objectType !== "BackupPolicy") throw invalidInput('properties.objectType must be "BackupPolicy".');
    if (!Array.isArray(datasourceTypes)) throw invalidInput("properties.datasourceTypes is missing.");
    const { policyName } = call.params;
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
    if (used)
      throw unverified("policy-in-use", "Backup instances use this policy. Azure's own answer is not documented.");
    vault.policies.delete(key);
    return { status: 200 };
  },
});

export const backupPolicies = [get, list, createOrUpdate, remove];
