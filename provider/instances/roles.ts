import { backupRoles, type Holder, type Place, roleNeeds } from "../policies/backupRoles.js";
import { isUnknown } from "../vaults/unknowns.js";
import type { BackupInstanceInputs } from "./backupInstance.js";

/** A role at a scope. */
export interface NeededRole {
  name: string;
  id: string;
  scope: string;
  holder: Holder;
  /** Whether `grantRoles` covers it: at a place that the program does not name, nothing is granted. */
  isGrantable: boolean;
}

/** What decides where roles are needed. */
export interface RoleSource
  extends Pick<BackupInstanceInputs, "dataSource" | "dataSourceId" | "snapshotResourceGroupId"> {
  /** The storage account of a cluster's backup extension, where that is known. */
  extensionStorageId?: string;
  /** Whether the policy copies backups into the vault. Absent: not known, or no matter. */
  isVaulted?: boolean;
}

const scopeOf: Record<Place, (source: RoleSource) => string | undefined> = {
  dataSource: ({ dataSourceId }) => dataSourceId,
  dataSourceGroup: ({ dataSourceId }) => (isUnknown(dataSourceId) ? dataSourceId : groupOf(dataSourceId)),
  snapshotGroup: ({ snapshotResourceGroupId }) => snapshotResourceGroupId,
  extensionStorage: ({ extensionStorageId }) => extensionStorageId,
};

const groupOf = (id: string): string => id.split("/").slice(0, 5).join("/");

/** The roles for the backup of one data source, each at the smallest scope that Azure Backup can work with. */
export const neededRoles = (source: RoleSource): NeededRole[] =>
  roleNeeds[source.dataSource].flatMap(({ role, at, of: holder = "vault", ifVaulted = false }) => {
    const scope = scopeOf[at](source);
    if (scope === undefined || (ifVaulted && !source.isVaulted)) return [];
    return [{ ...backupRoles[role], scope, holder, isGrantable: at !== "extensionStorage" }];
  });
