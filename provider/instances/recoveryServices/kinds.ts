/*
 * What can be a protected item. Validation, names, the requests and what is read of Azure's answers are derived from this table.
 */

/** The arguments that only some kinds have. */
export const itemParameters = ["fileShareName", "diskExclusionProperties"] as const;
export type ItemParameter = (typeof itemParameters)[number];

export interface ItemKind {
  noun: string;
  /** The type of the resource that `sourceResourceId` names. */
  sourceType: string;
  /** Azure's `protectedItemType`. */
  protectedItemType: string;
  /** Azure's `backupManagementType`, which its policies have too. */
  managementType: string;
  needs: readonly ItemParameter[];
  takes: readonly ItemParameter[];
  /** What Azure's names begin with, before the source's group and name. */
  prefixes: { container: string; item: string };
  /** The source has to be registered with the vault first, and Azure alone knows the item's name then. */
  isRegistered: boolean;
  /** The source in the question whether it is protected already. */
  dataSourceType: string;
}

/** https://learn.microsoft.com/azure/backup/backup-support-matrix (checked 2026-12) */
export const itemKinds = {
  virtualMachine: {
    noun: "virtual machines",
    sourceType: "Microsoft.Compute/virtualMachines",
    protectedItemType: "Microsoft.Compute/virtualMachines",
    managementType: "AzureIaasVM",
    needs: [],
    takes: ["diskExclusionProperties"],
    prefixes: { container: "iaasvmcontainer;iaasvmcontainerv2", item: "vm;iaasvmcontainerv2" },
    isRegistered: false,
    dataSourceType: "VM",
  },
  fileShare: {
    noun: "file shares",
    sourceType: "Microsoft.Storage/storageAccounts",
    protectedItemType: "AzureFileShareProtectedItem",
    managementType: "AzureStorage",
    needs: ["fileShareName"],
    takes: [],
    prefixes: { container: "StorageContainer;Storage", item: "AzureFileShare" },
    isRegistered: true,
    dataSourceType: "AzureFileShare",
  },
} as const satisfies Record<string, ItemKind>;

export type ItemKindName = keyof typeof itemKinds;

const kinds: readonly ItemKind[] = Object.values(itemKinds);

export const sourceTypes: readonly string[] = kinds.map(({ sourceType }) => sourceType);

const isSame = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase();

/** By the type of its source. */
export const kindOfSource = (type: string | undefined): ItemKind | undefined =>
  kinds.find(({ sourceType }) => isSame(sourceType, type));

/** By Azure's `protectedItemType`. Undefined if this version does not know it. */
export const kindOfItem = (type: string | undefined): ItemKind | undefined =>
  kinds.find(({ protectedItemType }) => isSame(protectedItemType, type));
