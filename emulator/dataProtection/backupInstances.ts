import { page } from "../arm/list.js";
import { noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { inOtherRegion } from "../storage/dataSources.js";
import { invalidInput, unverified } from "./backupError.js";
import { clusterTrouble, isOnlyBesideCluster } from "./clusterBackup.js";
import { resourceGuardsOf } from "./guardConsent.js";
import {
  accepted,
  beginInstanceOperation,
  effectOn,
  instancePath,
  instanceShape,
  instancesPath,
  instanceType,
  refuseWhileWritingInstance,
  requireInstance,
} from "./instanceCall.js";
import { refuseOddInstance } from "./instanceRequest.js";
import { instanceOf, noteSource, refuseProtected } from "./protectedSources.js";
import { refuseLocked, refuseUnguarded } from "./resourceGuardRules.js";
import { isSecureByDefault } from "./softDeleteRules.js";
import { requireVault } from "./vaultPath.js";
import { vaultSettings } from "./vaultSettings.js";

const get = operation({
  name: "BackupInstances_Get",
  method: "GET",
  path: instancePath,
  answer: (call) => ok(requireInstance(call).instance),
});

const list = operation({
  name: "BackupInstances_List",
  method: "GET",
  path: instancesPath,
  answer: (call) => page(call, [...requireVault(call).instances.values()], (instance) => instance),
});

/** Asked at a data source, whichever service that belongs to: by which backup instances it is protected. */
const listForDataSource = operation({
  name: "BackupInstancesExtensionRouting_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.DataProtection/backupInstances",
  answer(call) {
    const found = instanceOf(call.world, `/${call.params.scope}`);
    return page(call, found ? [found.instance] : [], (instance) => instance);
  },
});

const createOrUpdate = operation({
  name: "BackupInstances_CreateOrUpdate",
  method: "PUT",
  path: instancePath,
  answer(call) {
    const vault = requireVault(call);
    const { backupInstanceName: name } = call.params;
    const { properties, tags } = requestBody(call.request, { tags: { "*": "string" }, properties: instanceShape });
    const { resourceGuardOperationRequests, ...given } = properties ?? {};
    const id = `${vault.body.id}/backupInstances/${name}`;
    // azurerm leaves it empty, which Azure takes.
    if (!["BackupInstance", ""].includes(given.objectType))
      throw invalidInput('properties.objectType must be "BackupInstance".');
    if (!given.dataSourceInfo?.resourceID) throw invalidInput("properties.dataSourceInfo.resourceID is missing.");
    const policyId = String(given.policyInfo?.policyId ?? "").toLowerCase();
    const policy = [...vault.policies.values()].find((known) => known.id.toLowerCase() === policyId);
    if (policy === undefined)
      throw invalidInput("properties.policyInfo.policyId does not name a policy of this vault.");
    refuseProtected(call.world, id, given.dataSourceInfo.resourceID);
    const elsewhere = inOtherRegion(call.world, vault.body, given.dataSourceInfo.resourceID);
    if (elsewhere !== undefined) throw unverified("source-other-region", elsewhere);
    refuseWhileWritingInstance(call, vault, name.toLowerCase());
    const before = vault.instances.get(name.toLowerCase());
    refuseOtherSource(before, given.dataSourceInfo.resourceID);
    const policyBefore = before?.properties.policyInfo;
    refuseOddInstance(call.apiVersion, vault, given, before?.properties);
    if (before !== undefined && policyBefore?.policyId.toLowerCase() !== policyId) {
      const guarded = { vault, resourceGuards: resourceGuardsOf(call) };
      refuseUnguarded(guarded, `${instanceType}/write`, resourceGuardOperationRequests);
    }
    const state = before === undefined ? "ConfiguringProtection" : "UpdatingProtection";
    const instance: ArmResource = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: instanceType,
      ...(tags && { tags }),
      properties: {
        ...given,
        // Recorded: while it is being updated, an instance shows the policy that it had.
        policyInfo: policyBefore ?? given.policyInfo,
        provisioningState: before === undefined ? "Provisioning" : "Succeeded",
        currentProtectionState: state,
        protectionStatus: { status: state },
      },
    };
    vault.instances.set(name.toLowerCase(), instance);
    noteSource(call.world, vault, name.toLowerCase());
    const effect = {
      kind: "instanceWritten",
      ...effectOn(vault, name),
      state: "ProtectionConfigured",
      policyInfo: given.policyInfo,
    } as const;
    const job = {
      operation: before === undefined ? "ConfigureProtection" : "UpdateProtection",
      operationCategory: "Management",
    };
    const failure = clusterTrouble(call.world, vault, given, call.now);
    const begun = beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 15, failure });
    const { asyncOperation, resultOfInstance } = begun;
    if (call.apiVersion >= "2025-07-01" && inStorageAccounts.includes(given.dataSourceInfo.datasourceType)) {
      return { status: 202, headers: { ...asyncOperation, ...resultOfInstance } };
    }
    // Recorded: 201 also for the update of an instance, and no Location, unlike after an action.
    return { status: 201, headers: asyncOperation, body: instance };
  },
});

function refuseOtherSource(before: ArmResource | undefined, source: string): void {
  const was: string | undefined = before?.properties.dataSourceInfo.resourceID;
  if (was === undefined || was.toLowerCase() === source.toLowerCase()) return;
  throw unverified("instance-source-changed", `The instance protects ${was}. Azure's own answer is not documented.`);
}

/** Recorded: by 2025-07-01 these are answered without the instance. By 2024-04-01 they were like the others. */
const inStorageAccounts = [
  "Microsoft.Storage/storageAccounts/blobServices",
  "Microsoft.Storage/storageAccounts/adlsBlobServices",
];

const remove = operation({
  name: "BackupInstances_Delete",
  method: "DELETE",
  path: instancePath,
  answer(call) {
    const vault = requireVault(call);
    const name = call.params.backupInstanceName;
    const instance = vault.instances.get(name.toLowerCase());
    if (instance === undefined) return noContent;
    if (!isOnlyBesideCluster(vault, instance.properties)) {
      refuseImmutable(vault, instance.properties.dataSourceInfo.datasourceType);
    }
    refuseLocked(call, vault, instance.id);
    refuseWhileWritingInstance(call, vault, name.toLowerCase());
    // Where secure by default is on, what is deleted can come back even with soft delete off.
    const { softDelete } = vaultSettings(vault.body);
    const keep = softDelete !== "Off" || isSecureByDefault(vault.body.location, call.apiVersion);
    instance.properties.provisioningState = "Deleting";
    const effect = { kind: "instanceDeleted", ...effectOn(vault, name), keep } as const;
    const job = { operation: "UnConfigure", operationCategory: "Management" };
    return accepted(beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 30 }));
  },
});

// Their backups stay in the data source's own storage: https://learn.microsoft.com/azure/backup/disk-backup-overview
const operational = ["Microsoft.Compute/disks", "Microsoft.Storage/storageAccounts/blobServices"];

// https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
function refuseImmutable(vault: BackupVaultRecord, datasourceType: string): void {
  if (vaultSettings(vault.body).immutability === "Disabled" || operational.includes(datasourceType)) return;
  throw unverified(
    "delete-immutable-instance",
    "The vault is immutable: stop protection with delete data is refused before its recovery points expire.",
  );
}

export const backupInstances = [get, list, listForDataSource, createOrUpdate, remove];
