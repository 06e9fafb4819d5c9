import type { Reply } from "../arm/operation.js";
import type { FederatedCredential } from "../state/identityRecords.js";
import type { ArmResource } from "../state/records.js";

/** What a test uses to prepare and read the contents of an emulator, without HTTP requests. */
export interface Handles {
  /** A request to Resource Manager without network, token and journal. Without api-version in `path`, the newest is used. */
  arm(method: string, path: string, body?: object): Reply;
  createResourceGroup(name: string, location?: string): ArmResource;
  createUserAssignedIdentity(resourceGroupName: string, name: string): ArmResource;
  /** A disk, virtual machine, storage account or server at a place: it is listed, and only a vault of its region backs it up. */
  createDataSource(id: string, location?: string): ArmResource;
  /** An AKS cluster with a system-assigned identity. */
  createManagedCluster(resourceGroupName: string, name: string, more?: ArmResource): ArmResource;
  /** Installs the extension `azure-aks-backup`, which keeps its backups in this storage account; or fails to, with `Failed`. */
  installBackupExtension(clusterId: string, storageAccountId: string, provisioningState?: string): ArmResource;
  /** Configures backup for a data source, as a client would: a policy and an instance. */
  protect(vaultId: string, instance: Protection): ArmResource;
  /** Protects a virtual machine in a Recovery Services vault, as a client would: a policy, a container and an item. */
  protectVm(vaultId: string, machine: ProtectedMachine): ArmResource;
  /** Registers a storage account with a Recovery Services vault, by its name; nothing in it is protected. */
  register(vaultId: string, storageAccount: string): ArmResource;
  /** What Azure Site Recovery replicates into a Recovery Services vault. */
  addReplicatedItem(vaultId: string, name: string): void;
  addPrivateEndpoint(vaultId: string, name: string): void;
  /** A key vault with purge protection and permissions by role. Its data plane answers at `properties.vaultUri`. */
  createKeyVault(resourceGroupName: string, name: string, properties?: object): ArmResource;
  /** A Managed HSM with purge protection; the emulator's application administers it. It answers at `properties.hsmUri`. */
  createManagedHsm(resourceGroupName: string, name: string, properties?: object): ArmResource;
  /**
   * A key in a key vault or a Managed HSM, or a new version if a key of that name exists; 2048-bit RSA by default.
   * @returns its identifier with the version
   */
  createKey(storeId: string, name: string, properties?: object): string;
  /** Changes `enabled`, `nbf` or `exp` of the key that an identifier names; undefined soft-deletes it. */
  setKey(keyUri: string, attributes: object | undefined): void;
  /** Assigns *Key Vault Crypto Service Encryption User*, or another built-in role by its GUID. */
  grant(scope: string, principalId: string, role?: string): ArmResource;
  /**
   * Assigns *Managed HSM Crypto Service Encryption User*, or another local role by its GUID, inside a Managed HSM.
   * @param scope `/`, `/keys` or `/keys/<name>`
   */
  grantLocalRole(managedHsmId: string, scope: string, principalId: string, role?: string): ArmResource;
  /** A deny assignment, which only Azure's own services can create. It overrides every role. */
  deny(scope: string, principalId: string, dataActions: string[]): ArmResource;
  /** Soft-deletes an instance or item, even in an immutable vault. */
  softDelete(vaultId: string, instanceName: string): void;
  /** Lets a client sign in with the private key of this certificate (PEM). */
  registerCertificate(certificate: string): void;
  /**
   * Lets tokens of an identity provider sign in as the application, or as the user-assigned identity with this ARM ID.
   * An application without federated credentials accepts every token that has not expired.
   */
  trustFederated(credential: FederatedCredential, identity?: string): void;
  /** A job in a vault's list, as if it had run: a backup of the vault's first instance that is completed now. */
  addJob(vaultId: string, job?: ArrangedJob): ArmResource;
  /** The vault as Resource Manager shows it now. */
  vault(id: string): ArmResource | undefined;
  /** Changes a vault without checking Azure's rules; undefined removes it. */
  setVault(id: string, patch: ArmResource | undefined): void;
}

interface Protection {
  name: string;
  /** @default "Microsoft.Storage/storageAccounts/blobServices" */
  datasourceType?: string;
  /** @default "ProtectionConfigured" */
  state?: string;
  /** The ARM id of a user-assigned identity. @default the vault's system-assigned one */
  identity?: string;
}

interface ProtectedMachine {
  name: string;
  /** @default "Protected" */
  state?: string;
}

export interface ArrangedJob {
  /** The name of a backup instance, or of what a Recovery Services vault protects. @default the vault's first one; without any, a made-up one */
  instance?: string;
  /** @default "Backup" */
  operation?: string;
  /** `Backup`, `Restore`, `Tiering` or `Management`. @default "Backup" */
  operationCategory?: string;
  /** `InProgress`, `Completed`, `Failed`, `Cancelled`, `CompletedWithWarnings`, ... @default "Completed" */
  status?: string;
  /** @default now */
  startTime?: Date;
  /** Jobs in progress have none. @default the start */
  endTime?: Date;
  /** Whether a user started it, rather than the policy's schedule. @default false */
  isUserTriggered?: boolean;
  /** Why it failed. */
  error?: { code: string; message: string };
}
