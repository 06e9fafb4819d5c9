import { X509Certificate } from "node:crypto";
import { latestDataProtection } from "../arm/apiVersions.js";
import { deny } from "../authorization/denyAssignments.js";
import type { Azure } from "../azure/azure.js";
import { settle } from "../azure/settle.js";
import { setState, softDeleteInstance } from "../dataProtection/endInstance.js";
import { showVault } from "../dataProtection/vaultBody.js";
import { deleteKey, keyAt, newest } from "../keyVault/key.js";
import { localRoleId } from "../keyVault/localRoles.js";
import { hostOf, isManagedHsm } from "../keyVault/stores.js";
import { softDeleteItem } from "../recoveryServicesBackup/backupOperations.js";
import type { KeyRecord } from "../state/keyRecords.js";
import type { ArmResource, TrackedResource } from "../state/records.js";
import { guid } from "../state/world.js";
import { addDataSource } from "../storage/dataSources.js";
import { arrangeJob, arrangeRecoveryServicesJob } from "./arrangeJob.js";
import { recoveryServicesHandles } from "./arrangeRecoveryServices.js";
import type { Handles } from "./handles.js";
import { type Answer, inside } from "./inside.js";

/** What a test uses to arrange a world: the same requests that a client would make, without the wire. */
export function handles(azure: Azure, answer: Answer, origin: string): Handles {
  const subscription = `/subscriptions/${azure.world.subscriptionId}`;
  const { arm, make, makeAt } = inside(azure, answer, origin);

  return {
    ...recoveryServicesHandles(azure, make),
    arm,
    createResourceGroup(name, location = "westeurope") {
      return make("PUT", `${subscription}/resourceGroups/${name}`, { location });
    },
    createUserAssignedIdentity(resourceGroupName, name) {
      const group = `${subscription}/resourceGroups/${resourceGroupName}`;
      const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
      return make("PUT", path, { location: "westeurope" });
    },
    createDataSource: (id, location = "westeurope") => structuredClone(addDataSource(azure.world, id, location)),
    createManagedCluster(resourceGroupName, name, more) {
      const group = `${subscription}/resourceGroups/${resourceGroupName}`;
      const path = `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
      return make("PUT", path, { location: "westeurope", identity: { type: "SystemAssigned" }, ...more });
    },
    installBackupExtension(clusterId, storageAccountId, provisioningState = "Succeeded") {
      const [, , subscriptionId, , group, , , , account] = storageAccountId.split("/");
      const location = "configuration.backupStorageLocation";
      const id = `${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`;
      make("PUT", id, {
        properties: {
          extensionType: "microsoft.dataprotection.kubernetes",
          configurationSettings: {
            [`${location}.bucket`]: "backups",
            [`${location}.config.storageAccount`]: account,
            [`${location}.config.resourceGroup`]: group,
            [`${location}.config.subscriptionId`]: subscriptionId,
          },
        },
      });
      const extension = azure.world.clusterExtensions.get(id.toLowerCase()) as ArmResource;
      extension.properties.provisioningState = provisioningState;
      return structuredClone(extension);
    },
    protect(vaultId, { name, datasourceType, state, identity }) {
      const type = datasourceType ?? "Microsoft.Storage/storageAccounts/blobServices";
      const policyId = `${vaultId}/backupPolicies/daily`;
      // Azure changes no policy that exists.
      if (!requireVault(vaultId).policies.has("daily"))
        make("PUT", policyId, {
          properties: { objectType: "BackupPolicy", datasourceTypes: [type], policyRules: [] },
        });
      const id = `${vaultId}/backupInstances/${name}`;
      make("PUT", id, {
        properties: {
          objectType: "BackupInstance",
          friendlyName: name,
          dataSourceInfo: {
            objectType: "Datasource",
            datasourceType: type,
            resourceID: `${subscription}/resourceGroups/sources/providers/Microsoft.Storage/storageAccounts/${name}`,
            resourceName: name,
            resourceType: "Microsoft.Storage/storageAccounts",
          },
          policyInfo: { policyId },
        },
      });
      const instance = requireVault(vaultId).instances.get(name.toLowerCase()) as ArmResource;
      if (state !== undefined) setState(instance, state);
      // Also one that the vault does not have, or no longer.
      if (identity !== undefined)
        instance.properties.identityDetails = {
          useSystemAssignedIdentity: false,
          userAssignedIdentityArmUrl: identity,
        };
      return structuredClone(instance);
    },
    createKeyVault(resourceGroupName, name, properties) {
      const path = `${subscription}/resourceGroups/${resourceGroupName}/providers/Microsoft.KeyVault/vaults/${name}`;
      const { tenantId } = azure.world;
      const usual = { tenantId, sku: { family: "A", name: "standard" }, enablePurgeProtection: true };
      return make("PUT", path, {
        location: "westeurope",
        properties: { ...usual, enableRbacAuthorization: true, ...properties },
      });
    },
    createManagedHsm(resourceGroupName, name, properties) {
      const path = `${subscription}/resourceGroups/${resourceGroupName}/providers/Microsoft.KeyVault/managedHSMs/${name}`;
      const { tenantId, application } = azure.world;
      const usual = { tenantId, initialAdminObjectIds: [application.objectId], enablePurgeProtection: true };
      return make("PUT", path, {
        location: "westeurope",
        sku: { family: "B", name: "Standard_B1" },
        properties: { ...usual, ...properties },
      });
    },
    createKey(storeId, name, properties) {
      const store = requireStore(storeId);
      const before = store.keys.get(name.toLowerCase());
      store.keys.delete(name.toLowerCase());
      store.deletedKeys.delete(name.toLowerCase());
      const kty = isManagedHsm(store) ? "RSA-HSM" : "RSA";
      make("PUT", `${storeId}/keys/${name}`, { properties: { kty, keySize: 2048, ...properties } });
      const key = store.keys.get(name.toLowerCase()) as KeyRecord;
      key.versions = [...(before?.versions ?? []), ...key.versions];
      return `https://${hostOf(store)}/keys/${name}/${newest(key).version}`;
    },
    setKey(keyUri, attributes) {
      const found = keyAt(azure.world, keyUri);
      if (found === undefined) throw new Error(`There is no key ${keyUri} in the emulator.`);
      if (attributes === undefined) deleteKey(found.store, found.key, Date.now());
      else Object.assign(found.version.attributes, attributes);
    },
    grant(scope, principalId, role = "e147488a-f6f5-4113-8e2d-b22465e65bf6") {
      return make("PUT", `${scope}/providers/Microsoft.Authorization/roleAssignments/${guid()}`, {
        properties: {
          principalId,
          principalType: "ServicePrincipal",
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        },
      });
    },
    grantLocalRole(managedHsmId, scope, principalId, role = "33413926-3206-4cdd-b39a-83574fe37a17") {
      const path = `/${scope}/providers/Microsoft.Authorization/roleAssignments/${guid()}`;
      const properties = { principalId, roleDefinitionId: localRoleId(role) };
      return makeAt(hostOf(requireStore(managedHsmId)), "PUT", path, { properties });
    },
    deny: (scope, principalId, dataActions) => deny(azure.world, scope, principalId, dataActions),
    softDelete(vaultId, instanceName) {
      const other = azure.world.recoveryServicesVaults.get(vaultId.toLowerCase());
      if (other !== undefined) return softDeleteItem(other, instanceName);
      const vault = requireVault(vaultId);
      const key = instanceName.toLowerCase();
      if (!vault.instances.has(key)) throw new Error(`There is no backup instance ${instanceName} in ${vaultId}.`);
      softDeleteInstance(vault, key, Date.now());
    },
    registerCertificate(certificate) {
      azure.world.application.certificates.push(new X509Certificate(certificate).toString());
    },
    trustFederated(credential, identity) {
      const { issuer, subject, audiences = ["api://AzureADTokenExchange"], publicKey } = credential;
      const trusted = { issuer, subject, audiences, ...(publicKey && { publicKey }) };
      if (identity === undefined) azure.world.application.federatedCredentials.push(trusted);
      else {
        const name = guid();
        const id = `${identity}/federatedIdentityCredentials/${name}`;
        const type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
        azure.world.federatedIdentityCredentials.set(id.toLowerCase(), { id, name, type, properties: trusted });
      }
    },
    addJob(vaultId, given) {
      const other = azure.world.recoveryServicesVaults.get(vaultId.toLowerCase());
      if (other !== undefined) return structuredClone(arrangeRecoveryServicesJob(other, given ?? {}, Date.now()));
      return structuredClone(arrangeJob(requireVault(vaultId), given, Date.now()));
    },
    vault(id) {
      settle(azure.world, Date.now());
      const found = azure.world.vaults.get(id.toLowerCase());
      if (found !== undefined) return structuredClone(showVault(found.body, latestDataProtection));
      const other = azure.world.recoveryServicesVaults.get(id.toLowerCase());
      return other?.isBeingDeleted ? undefined : structuredClone(other?.body);
    },
    setVault(id, patch) {
      settle(azure.world, Date.now());
      const { vaults, recoveryServicesVaults } = azure.world;
      const all = vaults.has(id.toLowerCase()) ? vaults : recoveryServicesVaults;
      const vault = all.get(id.toLowerCase());
      if (vault === undefined) throw new Error(`There is no vault ${id} in the emulator.`);
      if (patch === undefined) all.delete(id.toLowerCase());
      else vault.body = merged(vault.body, patch) as TrackedResource;
    },
  };

  function requireStore(id: string) {
    const { keyVaults, managedHsms } = azure.world;
    const store = keyVaults.get(id.toLowerCase()) ?? managedHsms.get(id.toLowerCase());
    if (store !== undefined) return store;
    throw new Error(`There is no key vault or Managed HSM ${id} in the emulator.`);
  }

  function requireVault(id: string) {
    settle(azure.world, Date.now());
    const vault = azure.world.vaults.get(id.toLowerCase());
    if (vault !== undefined) return vault;
    throw new Error(`There is no Backup vault ${id} in the emulator.`);
  }
}

/** Undefined takes a member away. */
function merged(before: ArmResource, patch: ArmResource): ArmResource {
  const result = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) delete result[name];
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      result[name] = merged(before[name] ?? {}, value);
    } else result[name] = value;
  }
  return result;
}
