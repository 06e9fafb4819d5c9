import { operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { invalidParameter, unverified } from "../recoveryServices/recoveryError.js";
import { refuseUnguarded } from "../recoveryServices/resourceGuardRules.js";
import { requireVault } from "../recoveryServices/vaultPath.js";
import { vaultSettings } from "../recoveryServices/vaultSettings.js";
import type { ArmResource, RecoveryServicesVaultRecord } from "../state/records.js";
import { inOtherRegion } from "../storage/dataSources.js";
import { itemNameOf, sharesOf } from "../storage/fileShares.js";
import { beginBelow } from "./backupOperations.js";
import { refuseOtherVault } from "./backupStatus.js";
import { beginJob } from "./jobs.js";
import { operationDenied } from "./policies.js";
import { reducesRetention, shortensRetention } from "./policyRetention.js";
import { type ItemCall, itemId, itemKey, itemPath, itemTypes, kindOf, refuseSoftDeleted } from "./protectedItem.js";
import { containerBody, containerKey } from "./protectionContainers.js";

/** Begins protection, changes its policy, stops it and keeps the data, or brings a soft-deleted item back. */
export const protectItem = operation({
  name: "ProtectedItems_CreateOrUpdate",
  method: "PUT",
  path: itemPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, shape);
    if (properties === undefined) throw invalidParameter("properties");
    const kind = kindOf(properties);
    if (kind === undefined) throw invalidParameter("protectedItemType", `Known are ${itemTypes.join(", ")}.`);
    const before = vault.protectedItems.get(itemKey(call));
    const what = change(properties, before);
    refuseOtherSource(before, properties.sourceResourceId);
    if (what === "ConfigureBackup" && properties.sourceResourceId === undefined) {
      throw invalidParameter("sourceResourceId");
    }
    if (before === undefined && kind.registersContainer) {
      refuseOtherVault(call, vault.body.id, properties.sourceResourceId);
    }
    const elsewhere = before ? undefined : inOtherRegion(call.world, vault.body, properties.sourceResourceId);
    if (elsewhere !== undefined) throw unverified("source-other-region", elsewhere);
    refuseUnregistered(vault, call, kind.registersContainer);
    const policy = policyOf(vault, properties.policyId, what);
    if (policy !== undefined) {
      refuseShorterRetention(vault, before, policy);
      refuseStandardPolicy(vault, before, policy);
    }
    if (properties.protectionState === "BackupsSuspended") refuseSuspension(vault);
    const guarded = guardedIn(vault, before, policy, properties);
    if (guarded !== undefined) refuseUnguarded(call, vault, guarded, properties.resourceGuardOperationRequests);
    const friendlyName: string = before?.properties.friendlyName ?? nameOfSource(call, properties);
    const job = beginJob(call, vault, { ...kind, friendlyName, operation: what });
    vault.everRegistered = true;
    const item = {
      id: itemId(vault.body.id, call),
      name: call.params.protectedItemName,
      type: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
      properties: {
        ...active(before),
        friendlyName,
        protectedItemType: properties.protectedItemType,
        backupManagementType: kind.backupManagementType,
        workloadType: kind.workloadType,
        containerName: call.params.containerName,
        sourceResourceId: properties.sourceResourceId ?? before?.properties.sourceResourceId,
        ...(kind.hasDisks && properties.extendedProperties && { extendedProperties: properties.extendedProperties }),
        ...policyAfter(policy, before, properties),
        protectionStatus: "Healthy",
        protectionState: stateAfter(what, properties),
        vaultId: vault.body.id,
      },
    };
    const container = kind.registersContainer
      ? containerBody(vault.body.id, call, {
          friendlyName,
          backupManagementType: kind.backupManagementType,
          containerType: "Microsoft.Compute/virtualMachines",
          virtualMachineId: item.properties.sourceResourceId,
        })
      : undefined;
    const effect = {
      kind: "itemProtected",
      vaultId: vault.body.id.toLowerCase(),
      key: itemKey(call),
      containerKey: containerKey(call),
      item,
      container,
      job,
    } as const;
    return beginBelow(call, item.id, effect);
  },
});

/** "VM;iaasvmcontainerv2;group;name". Of a share, Azure's name is made of something else. */
function nameOfSource({ world, params }: ItemCall, { sourceResourceId }: ArmResource): string {
  const name = params.protectedItemName;
  const share = sharesOf(world, sourceResourceId).find((each) => itemNameOf(each).toLowerCase() === name.toLowerCase());
  return share?.name ?? name.split(";").at(-1) ?? "";
}

const shape = {
  properties: {
    protectedItemType: "string",
    sourceResourceId: "string",
    policyId: "string",
    protectionState: "string",
    isRehydrate: "boolean",
    resourceGuardOperationRequests: ["string"],
    extendedProperties: { diskExclusionProperties: { diskLunList: ["number"], isInclusionList: "boolean" } },
  },
} as const;

type Change = "ConfigureBackup" | "DisableBackup" | "Undelete";

/** Named as the jobs are. */
function change({ protectionState, isRehydrate }: ArmResource, before: ArmResource | undefined): Change {
  if (before?.properties.isScheduledForDeferredDelete && isRehydrate) return "Undelete";
  refuseSoftDeleted(before);
  if (before === undefined && stopped.includes(protectionState)) {
    throw unverified(
      "item-not-protected",
      "What is not protected is not stopped. Azure's own answer is not documented.",
    );
  }
  return stopped.includes(protectionState) ? "DisableBackup" : "ConfigureBackup";
}

/** The second is how protection stops in an immutable vault, where recovery points expire all the same. */
const stopped = ["ProtectionStopped", "BackupsSuspended"];

function stateAfter(what: Change, { protectionState }: ArmResource): string {
  if (what === "ConfigureBackup") return "IRPending";
  return what === "DisableBackup" ? protectionState : "ProtectionStopped";
}

// https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
function refuseShorterRetention(
  vault: RecoveryServicesVaultRecord,
  before: ArmResource | undefined,
  policy: ArmResource,
): void {
  if (vaultSettings(vault.body).immutability === "Disabled") return;
  const held = policyOfItem(vault, before);
  if (held !== undefined && shortensRetention(held.properties, policy.properties)) throw operationDenied();
}

const write = "backupFabrics/protectionContainers/protectedItems/write";

/**
 * What a resource guard guards of a write: that recovery points are kept for less time, and that protection stops. That it is
 * suspended, no recorded guard lists. https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
 */
function guardedIn(
  vault: RecoveryServicesVaultRecord,
  before: ArmResource | undefined,
  policy: ArmResource | undefined,
  { protectionState, isRehydrate }: ArmResource,
): string | undefined {
  if (protectionState === "ProtectionStopped" && !isRehydrate) return `${write}#stopProtectionWithRetainData`;
  const held = policyOfItem(vault, before);
  if (held === undefined || policy === undefined) return undefined;
  return reducesRetention(held.properties, policy.properties) ? write : undefined;
}

/** Backup that is suspended keeps what it has by its policy; what is stopped has none. */
function policyAfter(
  policy: ArmResource | undefined,
  before: ArmResource | undefined,
  wanted: ArmResource,
): ArmResource {
  const { policyId = "", policyName = "" } =
    wanted.protectionState === "BackupsSuspended" ? (before?.properties ?? {}) : {};
  return { policyId: policy?.id ?? policyId, policyName: policy?.name ?? policyName };
}

const policyOfItem = (vault: RecoveryServicesVaultRecord, item: ArmResource | undefined): ArmResource | undefined =>
  [...vault.policies.values()].find(({ id }) => id === item?.properties.policyId);

// https://learn.microsoft.com/azure/backup/backup-azure-vms-enhanced-policy
function refuseStandardPolicy(
  vault: RecoveryServicesVaultRecord,
  before: ArmResource | undefined,
  policy: ArmResource,
): void {
  const [was, is] = [policyOfItem(vault, before), policy].map((each) => each?.properties.policyType);
  if (was !== "V2" || is === "V2") return;
  throw unverified(
    "rsv-item-policy-downgraded",
    "Backup doesn't allow changing the policy type to Standard after you enable a VM backup with the Enhanced policy. Azure's own " +
      "answer is not documented.",
  );
}

// https://learn.microsoft.com/powershell/module/az.recoveryservices/disable-azrecoveryservicesbackupprotection
function refuseSuspension(vault: RecoveryServicesVaultRecord): void {
  if (vaultSettings(vault.body).immutability !== "Disabled") return;
  throw unverified(
    "suspend-needs-immutability",
    "Backups can't be suspended until immutability is enabled on the vault. Azure's own answer is not documented.",
  );
}

/** Without what only a soft-deleted item has. */
function active(before: ArmResource | undefined): ArmResource {
  const {
    deferredDeleteTimeInUTC: _,
    isScheduledForDeferredDelete: _1,
    softDeleteRetentionPeriod: _2,
    ...properties
  } = before?.properties ?? {};
  return properties;
}

/** An item's name is made of its source. */
function refuseOtherSource(before: ArmResource | undefined, source: string | undefined): void {
  const was: string | undefined = before?.properties.sourceResourceId;
  if (was === undefined || source === undefined || was.toLowerCase() === source.toLowerCase()) return;
  throw unverified("item-source-changed", `The item protects ${was}. Azure's own answer is not documented.`);
}

function refuseUnregistered(vault: RecoveryServicesVaultRecord, call: ItemCall, registersContainer: boolean): void {
  if (registersContainer || vault.containers.has(containerKey(call))) return;
  throw unverified(
    "container-not-registered",
    `The container ${call.params.containerName} is not registered with the vault. Azure's own answer is not documented.`,
  );
}

function policyOf(
  vault: RecoveryServicesVaultRecord,
  policyId: string | undefined,
  what: Change,
): ArmResource | undefined {
  const found = [...vault.policies.values()].find(({ id }) => id.toLowerCase() === policyId?.toLowerCase());
  if (found === undefined && what === "ConfigureBackup") throw invalidParameter("policyId");
  return what === "ConfigureBackup" ? found : undefined;
}
