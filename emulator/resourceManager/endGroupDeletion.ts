import { removeCluster } from "../containerService/managedClusters.js";
import { removeVault } from "../dataProtection/endVault.js";
import { isSecureByDefault } from "../dataProtection/softDeleteRules.js";
import { refuseDeletion } from "../dataProtection/vaultRules.js";
import { softDeleteStore, storesOf, storeTypes } from "../keyVault/stores.js";
import { refuseRecoveryServicesDeletion } from "../recoveryServices/deletionRules.js";
import { removeRecoveryServicesVault } from "../recoveryServices/endVault.js";
import type { Effect, LongRunningOperation } from "../state/longRunningOperation.js";
import type { World } from "../state/world.js";

type Deleted = Extract<Effect, { kind: "resourceGroupDeleted" }>;

/** Resource Manager deletes what it can; where something refuses, that and the group stay. */
export function endGroupDeletion(world: World, operation: LongRunningOperation, { groupId }: Deleted): void {
  const group = world.resourceGroups.get(groupId);
  if (group === undefined) return;
  const inGroup = (id: string) => id.startsWith(`${groupId}/`);
  const blocked: string[] = [];
  for (const [id, vault] of [...world.vaults].filter(([id]) => inGroup(id))) {
    const secure = isSecureByDefault(vault.body.location, "2025-09-01");
    try {
      refuseDeletion(vault, secure);
      removeVault(world, vault, secure, operation.endsAt);
    } catch {
      blocked.push(world.vaults.get(id)?.body.id ?? id);
    }
  }
  for (const [id, vault] of [...world.recoveryServicesVaults].filter(([id]) => inGroup(id))) {
    try {
      refuseRecoveryServicesDeletion(vault);
      removeRecoveryServicesVault(world, vault, operation.endsAt);
    } catch {
      blocked.push(world.recoveryServicesVaults.get(id)?.body.id ?? id);
    }
  }
  if (blocked.length > 0) {
    operation.failure ??= {
      code: "ResourceGroupDeletionBlocked",
      message:
        `Deletion of resource group '${group.name}' failed as resources with identifiers '${blocked.join(",")}' ` +
        "could not be deleted.",
    };
  }
  if (operation.failure !== undefined) {
    group.properties.provisioningState = "Succeeded";
    return;
  }
  for (const type of storeTypes) {
    const here = [...storesOf(world, type)].filter(([id]) => inGroup(id));
    for (const [, store] of here) softDeleteStore(world, type, store, operation.endsAt);
  }
  const { userAssignedIdentities, federatedIdentityCredentials, resourceGuards, roleAssignments, dataSources } = world;
  const all = [userAssignedIdentities, federatedIdentityCredentials, resourceGuards, roleAssignments, dataSources];
  for (const resources of all) {
    for (const id of [...resources.keys()].filter(inGroup)) resources.delete(id);
  }
  for (const id of [...world.managedClusters.keys()].filter(inGroup)) removeCluster(world, id);
  world.resourceGroups.delete(groupId);
}
