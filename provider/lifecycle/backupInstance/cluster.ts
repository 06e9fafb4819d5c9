import type { AzureFacts, BackupVaultResource, ClusterExtensionResource } from "../../azure/index.js";
import { isSameId } from "../../instances/armId.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { trustedAccessBindingId } from "../../instances/cluster.js";
import { type Holder, trustedAccessRole } from "../../policies/backupRoles.js";
import { regionOf } from "../../rules/index.js";
import { backupStorageOf, isBackupExtension } from "../../vaults/clusterStorage.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { isValue } from "../../vaults/values.js";
import { backsUpOtherRegions } from "../protection/region.js";
import {
  extensionNotReady,
  inAnotherRegion,
  noCluster,
  noExtension,
  noExtensionStorage,
  noManagedIdentity,
} from "./clusterWording.js";

/** What backup of an AKS cluster needs in and around the cluster, as it is now. */
export interface ClusterNeeds {
  principals: Partial<Record<Holder, string>>;
  extensionStorageId?: string;
  isVaulted?: boolean;
  /** What is wrong with the cluster, or missing in it, that nothing here may mend. */
  obstacles: string[];
  /** The binding by which the cluster lets the vault in: whether there is one, and the one that this package would create. */
  trust: { isThere: boolean; isOurs: boolean; bindingId: string };
}

export async function readCluster(
  facts: AzureFacts,
  inputs: BackupInstanceInputs,
  vaultBody: BackupVaultResource,
  deadline: number,
): Promise<ClusterNeeds> {
  const { dataSourceId: id, vault, policyId } = inputs;
  const trust = { isThere: false, isOurs: false, bindingId: trustedAccessBindingId(id, vault) };
  const found = await facts.clusters.get(id, { deadline });
  if (!found) return { principals: {}, obstacles: [noCluster(inputs)], trust };
  const [extensions, bindings, stores] = await Promise.all([
    facts.clusters.extensions(id, { deadline }),
    facts.clusters.trustedAccess(id, { deadline }),
    isUnknown(policyId) ? undefined : facts.dataStoresOf(policyId, { deadline }),
  ]);
  const ofVault = bindings.filter(
    ({ properties: { sourceResourceId, roles } }) =>
      isSameId(sourceResourceId, vault) && roles.some((role) => isSameId(role, trustedAccessRole)),
  );
  const extension = extensions.find(({ properties }) => isBackupExtension(properties));
  const storageId = extension && backupStorageOf(extension.properties.configurationSettings, id)?.accountId;
  const [ofUser] = Object.values(found.identity?.userAssignedIdentities ?? {});
  const ofCluster = found.identity?.principalId ?? ofUser?.principalId;
  const ofExtension = extension?.properties.aksAssignedIdentity?.principalId;
  return {
    principals: { ...(ofCluster && { cluster: ofCluster }), ...(ofExtension && { extension: ofExtension }) },
    ...(storageId && { extensionStorageId: storageId }),
    ...(stores && { isVaulted: stores.includes("VaultStore") }),
    obstacles: [
      ...(regionOf(found.location) === regionOf(vaultBody.location) || backsUpOtherRegions(vaultBody)
        ? []
        : [inAnotherRegion(inputs, found.location, vaultBody.location)]),
      ...(ofCluster ? [] : [noManagedIdentity(inputs)]),
      ...extensionObstacles(inputs, extension, storageId),
    ],
    trust: {
      ...trust,
      isThere: ofVault.length > 0,
      isOurs: ofVault.some((binding) => isSameId(binding.id, trust.bindingId)),
    },
  };
}

function extensionObstacles(
  inputs: BackupInstanceInputs,
  extension: ClusterExtensionResource | undefined,
  storageId: string | undefined,
): string[] {
  if (!extension) return [noExtension(inputs)];
  const { name, properties } = extension;
  const { provisioningState: state = "", aksAssignedIdentity } = properties;
  if (!isValue("Succeeded", state)) return [extensionNotReady(inputs, name, state)];
  return storageId && aksAssignedIdentity?.principalId ? [] : [noExtensionStorage(inputs, name)];
}
