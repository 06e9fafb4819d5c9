import { requireChild } from "../arm/armError.js";
import { type FilterFields, filterOf, page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { invalidParameter, recoveryError } from "../recoveryServices/recoveryError.js";
import { refuseUnguarded } from "../recoveryServices/resourceGuardRules.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { beginBelowPolicy } from "./backupOperations.js";
import { policyShape, refuseOddPolicy } from "./policyInput.js";
import { reducesRetention, refuseOtherKind, shortensRetention } from "./policyRetention.js";

const policiesPath = `${vaultPath}/backupPolicies` as const;

export const policyPath = `${policiesPath}/{policyName}` as const;

type PolicyCall = VaultCall & Call<"policyName">;

function requirePolicy(call: PolicyCall): { vault: RecoveryServicesVaultRecord; policy: ArmResource } {
  const vault = requireVault(call);
  const name = call.params.policyName;
  const found = vault.policies.get(name.toLowerCase());
  return { vault, policy: requireChild(found, vault, `backupPolicies/${name}`, call.params.resourceGroupName) };
}

function itemsOfPolicy(vault: RecoveryServicesVaultRecord, policyId: string): ArmResource[] {
  const isIts = ({ properties }: ArmResource) => properties.policyId?.toLowerCase() === policyId.toLowerCase();
  return [...vault.protectedItems.values()].filter(isIts);
}

/** With the number that Azure counts. */
function showPolicy(vault: RecoveryServicesVaultRecord, policy: ArmResource): ArmResource {
  const protectedItemsCount = itemsOfPolicy(vault, policy.id).length;
  return { ...policy, properties: { ...policy.properties, protectedItemsCount } };
}

const get = operation({
  name: "ProtectionPolicies_Get",
  method: "GET",
  path: policyPath,
  answer(call) {
    const { vault, policy } = requirePolicy(call);
    return ok(showPolicy(vault, policy));
  },
});

const list = operation({
  name: "BackupPolicies_List",
  method: "GET",
  path: policiesPath,
  answer(call) {
    const vault = requireVault(call);
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...vault.policies.values()].filter(wanted), (policy) => showPolicy(vault, policy));
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  workloadType: ({ properties }) => properties.workLoadType,
  name: ({ name }) => name,
};

const createOrUpdate = operation({
  name: "ProtectionPolicies_CreateOrUpdate",
  method: "PUT",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, { properties: policyShape });
    if (properties === undefined) throw invalidParameter("properties");
    if (properties.backupManagementType === undefined) throw invalidParameter("backupManagementType");
    refuseOddPolicy(properties);
    const { policyName: name } = call.params;
    const before = vault.policies.get(name.toLowerCase());
    if (before !== undefined) {
      refuseOtherKind(before.properties, properties);
      const isImmutable = vaultSettings(vault.body).immutability !== "Disabled";
      if (isImmutable && shortensRetention(before.properties, properties)) throw operationDenied();
      // https://learn.microsoft.com/azure/backup/multi-user-authorization-concept: "Modify policy (reduced retention)"
      if (reducesRetention(before.properties, properties))
        refuseUnguarded(call, vault, "backupPolicies/write", properties.resourceGuardOperationRequests);
    }
    const { resourceGuardOperationRequests: _, ...more } = properties;
    // Recorded in test_backup_wl_sql_policy of azure-cli (2024-04): not shown either.
    const { makePolicyConsistent: _1, ...kept } = more as typeof more & { makePolicyConsistent?: boolean };
    const policy = {
      id: before?.id ?? `${vault.body.id}/backupPolicies/${name}`,
      name: before?.name ?? name,
      type: "Microsoft.RecoveryServices/vaults/backupPolicies",
      properties: withDates(withRetentionTimes(withInstantRestore(kept, before?.properties)), call.now),
    };
    vault.policies.set(name.toLowerCase(), policy);
    // https://learn.microsoft.com/azure/backup/backup-azure-arm-userestapi-createorupdatepolicy: protection of what uses it is
    // modified. Recorded: a policy that nothing uses is written at once.
    if (itemsOfPolicy(vault, policy.id).length > 0) return beginBelowPolicy(call, policy.id);
    return ok(showPolicy(vault, policy));
  },
});

/** The code: Azure/azure-rest-api-specs#32688. */
export function operationDenied() {
  return recoveryError(
    400,
    "UserErrorOperationDeniedOnImmutableItem",
    "The vault is immutable: what would reduce the retention of recovery points is denied.",
  );
}

const remove = operation({
  name: "ProtectionPolicies_Delete",
  method: "DELETE",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const key = call.params.policyName.toLowerCase();
    const policy = vault.policies.get(key);
    if (policy === undefined) return noContent;
    if (itemsOfPolicy(vault, policy.id).length > 0) {
      // The code as users report it.
      throw recoveryError(400, "BMSUserErrorPolicyObjectInUse", "Protected items use this policy.");
    }
    vault.policies.delete(key);
    return { status: 200 };
  },
});

/**
 * Azure shows for how many days it keeps snapshots also where the request does not say it, as azurerm reads it back. That a later
 * request without it leaves the number is not documented.
 * https://learn.microsoft.com/azure/backup/backup-instant-restore-capability
 */
function withInstantRestore(policy: ArmResource, before: ArmResource | undefined): ArmResource {
  const { backupManagementType, policyType, schedulePolicy, instantRpRetentionRangeInDays: given } = policy;
  if (backupManagementType !== "AzureIaasVM" || given !== undefined) return policy;
  const usual = schedulePolicy?.scheduleRunFrequency === "Weekly" ? 5 : policyType === "V2" ? 7 : 2;
  return { ...policy, instantRpRetentionRangeInDays: before?.instantRpRetentionRangeInDays ?? usual };
}

/**
 * Of hourly backups, Azure shows the last time of a day as that of retention where the request names none:
 * https://github.com/Azure/azure-rest-api-specs, RecoveryServicesBackup, 2026-05-01, ProtectionPolicies_CreateOrUpdate_Hourly.json
 */
function withRetentionTimes(policy: ArmResource): ArmResource {
  const { schedulePolicy, retentionPolicy: retention } = policy;
  const { scheduleWindowStartTime: begin, scheduleWindowDuration: hours } = schedulePolicy?.hourlySchedule ?? {};
  const time = Date.parse(begin);
  if (policy.backupManagementType !== "AzureStorage" || !retention || Number.isNaN(time)) return policy;
  const last = new Date(time + (hours ?? 0) * 3_600_000).toISOString();
  const withTime = (name: string, each: ArmResource) =>
    name.endsWith("Schedule") && !each?.retentionTimes?.length ? { ...each, retentionTimes: [last] } : each;
  const shown = Object.entries(retention).map(([name, each]) => [name, withTime(name, each as ArmResource)]);
  return { ...policy, retentionPolicy: Object.fromEntries(shown) };
}

const timeOfDay = /^\d{2}:\d{2}:\d{2}Z$/;

/** Azure reads times as points in time: one of the day alone, as azurerm sends it, is one of today. */
function withDates(policy: ArmResource, now: number): ArmResource {
  const today = new Date(now).toISOString().slice(0, 10);
  const text = JSON.stringify(policy, (_name, value) =>
    typeof value === "string" && timeOfDay.test(value) ? `${today}T${value}` : value,
  );
  return JSON.parse(text);
}

export const protectionPolicies = [list, get, createOrUpdate, remove];
