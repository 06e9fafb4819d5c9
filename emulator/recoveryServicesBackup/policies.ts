import { requireChild } from "../arm/armError.js";
import { type FilterFields, filterOf, page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { Shape } from "../arm/shape.js";
import { invalidParameter, recoveryError } from "../recoveryServices/recoveryError.js";
import { requireVault, type VaultCall, vaultPath } from "../recoveryServices/vaultPath.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";

const policiesPath = `${vaultPath}/backupPolicies` as const;

const policyPath = `${policiesPath}/{policyName}` as const;

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
    const { properties } = requestBody(call.request, {
      properties: { backupManagementType: "string", retentionPolicy: retentionShape },
    });
    if (properties === undefined) throw invalidParameter("properties");
    if (properties.backupManagementType === undefined) throw invalidParameter("backupManagementType");
    const { policyName: name } = call.params;
    const before = vault.policies.get(name.toLowerCase());
    const isImmutable = vaultSettings(vault.body).immutability !== "Disabled";
    if (before !== undefined && isImmutable && itemsOfPolicy(vault, before.id).length > 0) {
      if (isShortened(before.properties.retentionPolicy, properties.retentionPolicy)) throw operationDenied();
    }
    const policy = {
      id: before?.id ?? `${vault.body.id}/backupPolicies/${name}`,
      name: before?.name ?? name,
      type: "Microsoft.RecoveryServices/vaults/backupPolicies",
      properties: withDates(properties, call.now),
    };
    vault.policies.set(name.toLowerCase(), policy);
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

const retentionDuration = { count: "number", durationType: "string" } as const;

const schedule = { retentionDuration } as const;

/** What of a policy's retention is read. */
const retentionShape = {
  retentionDuration,
  dailySchedule: schedule,
  weeklySchedule: schedule,
  monthlySchedule: schedule,
  yearlySchedule: schedule,
} as const satisfies Shape;

const days: Record<string, number> = { Days: 1, Weeks: 7, Months: 30, Years: 365 };

/** Whether recovery points would be kept for fewer days under a policy than before. */
export function isShortened(before: ArmResource | undefined, after: ArmResource | undefined): boolean {
  const kept = retentionDays(after);
  return Object.entries(retentionDays(before)).some(([schedule, was]) => (kept[schedule] ?? 0) < was);
}

/** Days by schedule: daily, weekly, monthly, yearly, or the simple policy's only one. */
function retentionDays(policy: ArmResource | undefined): Record<string, number> {
  const duration = (given: ArmResource | undefined) => (given?.count ?? 0) * (days[given?.durationType] ?? 1);
  const schedules = ["dailySchedule", "weeklySchedule", "monthlySchedule", "yearlySchedule"];
  const present = schedules.filter((name) => policy?.[name] !== undefined);
  return Object.fromEntries([
    ["simple", duration(policy?.retentionDuration)],
    ...present.map((name) => [name, duration(policy?.[name].retentionDuration)]),
  ]);
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
