import {
  type Access,
  type Azure,
  type AzureFacts,
  apiVersion,
  type DeletedVault,
  type KeyIdentity,
  type OperationOptions,
  recoveryServicesApiVersion,
  type VaultOffer,
  type WriteOptions,
  writeApiVersion,
} from "../../azure/index.js";
import type { Body } from "../../vaults/body.js";
import { definitions, type SomeSettings, type VaultDefinition, type VaultInputs } from "../../vaults/definitions.js";
import { kindOf, type VaultKind } from "../../vaults/vaultId.js";
import { buildCreateBody } from "../../vaults/writes.js";
import { keyOf } from "../keyAccess/inputs.js";
import type { FactLoaders } from "../run/facts.js";

/** The operations on vaults of one kind in Azure. */
export interface VaultsAt {
  get(id: string, options: OperationOptions): Promise<Body | undefined>;
  createOrUpdate(id: string, body: Body, options: WriteOptions & { apiVersion: string }): Promise<void>;
  update(id: string, body: Body, options: WriteOptions & { apiVersion: string }): Promise<void>;
  delete(id: string, options: WriteOptions): Promise<void>;
}

/** One kind of vault, and how it is read and written in Azure. */
export interface VaultService extends VaultDefinition {
  /** The api-version of a write, which depends on what the vault will be: Azure's behaviour depends on it. */
  writtenBy(after: SomeSettings): string;
  /** The api-version that a deletion uses. */
  deletedBy: string;
  /** One change may need several requests, in the order that Azure requires. */
  multiRequestWrites: boolean;
  vaults(azure: Pick<Azure, "backupVaults" | "recoveryServicesVaults">): VaultsAt;
  /** The soft-deleted vaults of a region. */
  deleted(azure: Azure, subscriptionId: string, location: string, options: OperationOptions): Promise<DeletedVault[]>;
  /** Brings one back, with its settings and what is in it. */
  undelete(azure: Azure, deleted: DeletedVault, inputs: VaultInputs, options: WriteOptions): Promise<void>;
  /** Where a subscription can have such vaults. */
  offer(azure: Azure, subscriptionId: string, options: OperationOptions): Promise<VaultOffer>;
  /** How the facts about what a vault holds are read. */
  contents(read: () => AzureFacts, id: string, options?: OperationOptions): FactLoaders;
}

export const services: Record<VaultKind, VaultService> = {
  BackupVault: {
    ...definitions.BackupVault,
    writtenBy: ({ softDelete }) => writeApiVersion(softDelete?.state),
    deletedBy: apiVersion,
    multiRequestWrites: false,
    vaults: ({ backupVaults }) => backupVaults,
    deleted: ({ deletedBackupVaults }, subscriptionId, location, options) =>
      deletedBackupVaults.list(subscriptionId, location, options),
    undelete({ backupVaults }: { backupVaults: VaultsAt }, { id }, inputs, options) {
      // As it was recorded: the location and an identity, no settings.
      const { location, identity } = buildCreateBody(definitions.BackupVault, inputs, apiVersion);
      const headers = { "x-ms-deleted-vault-id": id };
      return backupVaults.createOrUpdate(inputs.vaultId, { location, identity }, { ...options, apiVersion, headers });
    },
    offer: ({ vaultOffers }, subscriptionId, options) => vaultOffers(subscriptionId, options),
    contents: (read, id, options) => ({
      protection: () => read().instances(id, options),
      deleted: () => read().deletedInstances(id, options),
      policies: () => read().policyNames(id, options),
    }),
  },
  RecoveryServicesVault: {
    ...definitions.RecoveryServicesVault,
    writtenBy: () => recoveryServicesApiVersion,
    deletedBy: recoveryServicesApiVersion,
    multiRequestWrites: true,
    vaults: ({ recoveryServicesVaults }) => recoveryServicesVaults,
    deleted: ({ deletedRecoveryServicesVaults }, subscriptionId, location, options) =>
      deletedRecoveryServicesVaults.list(subscriptionId, location, options),
    undelete({ deletedRecoveryServicesVaults }, { id }, { vaultId }, options) {
      const resourceGroupId = vaultId.split("/").slice(0, 5).join("/");
      return deletedRecoveryServicesVaults.undelete(id, resourceGroupId, options);
    },
    offer: ({ recoveryServicesVaultOffers }, subscriptionId, options) =>
      recoveryServicesVaultOffers(subscriptionId, options),
    contents: (read, id, options) => ({
      protectedItems: () => read().protectedItems(id, options),
      containers: () => read().containers(id, options),
      replication: () => read().replication(id, options),
      storageTypeState: () => read().storageTypeState(id, options),
    }),
  },
};

/** Throws if the ID is not a vault's. */
export const serviceOf = (vaultId: string): VaultService => services[kindOf(vaultId)];

/** The subject of the facts: the vault, its key and the access to it, before and after the change. */
export interface FactsAbout {
  id: string;
  before?: SomeSettings;
  after?: SomeSettings;
  /** The vault, if it was read already. */
  live?: Body;
  deadline?: number;
  /** For a plan: whether the program lets this principal use this key first. */
  granted?: (key: string, principalId: string | undefined) => boolean;
}

/** How each fact about a vault, its key and its guard is read. */
export function factLoaders(
  { contents }: VaultService,
  read: () => AzureFacts,
  { id, before, after, live, deadline, granted }: FactsAbout,
): FactLoaders {
  const options = deadline === undefined ? undefined : { deadline };
  const uriOf = (settings: SomeSettings | undefined) => settings?.encryption?.keyUri ?? "";
  const accessOf = async (settings: SomeSettings | undefined): Promise<Access> =>
    read().keyAccess(uriOf(settings), whoOf(settings, live), options);
  const principal = async () => read().principalOf(whoOf(after, live), options);
  const accessThen = async (): Promise<Access> => {
    const principalId = granted && (await principal().catch(() => undefined));
    if (!granted?.(keyOf(uriOf(after)), principalId)) return accessOf(after);
    // A deny assignment is stronger than what is granted.
    const all = { get: "yes", wrap: "yes", unwrap: "yes" } as const;
    const found = await accessOf(after).catch((): Access => ({ ...all, proven: false }));
    return found.deniedBy === undefined ? { ...found, ...all } : found;
  };
  return {
    ...contents(read, id, options),
    guard: () => read().guard(id, options),
    key: () => read().key(uriOf(after), options),
    keyVault: () => read().keyVault(uriOf(after), options),
    access: accessThen,
    oldKey: () => read().key(uriOf(before), options),
    oldKeyVault: () => read().keyVault(uriOf(before), options),
    oldAccess: () => accessOf(before),
    vault: async () => "read",
  };
}

function whoOf(settings: SomeSettings | undefined, live: Body | undefined): KeyIdentity {
  const identity = settings?.encryption?.identity ?? "";
  if (identity !== "SystemAssigned") return { id: identity };
  if (live) return { principalId: live.identity?.principalId };
  throw new Error("the vault does not exist or cannot be read, so its system-assigned identity is unknown.");
}
