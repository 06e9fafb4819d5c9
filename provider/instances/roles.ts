import { isUnknown } from "../vaults/unknowns.js";
import type { BackupInstanceInputs } from "./backupInstance.js";
import { backupRoles, instanceSourceOf, type Place } from "./dataSources.js";

/** A role at a scope. */
export interface NeededRole {
  name: string;
  id: string;
  scope: string;
}

type Source = Pick<BackupInstanceInputs, "dataSource" | "dataSourceId" | "snapshotResourceGroupId">;

const scopeOf: Record<Place, (source: Source) => string | undefined> = {
  dataSource: ({ dataSourceId }) => dataSourceId,
  dataSourceGroup: ({ dataSourceId }) => (isUnknown(dataSourceId) ? dataSourceId : groupOf(dataSourceId)),
  snapshotGroup: ({ snapshotResourceGroupId }) => snapshotResourceGroupId,
};

const groupOf = (id: string): string => id.split("/").slice(0, 5).join("/");

/** The roles for the backup of one data source, each at the smallest scope that Azure Backup can work with. */
export const neededRoles = (source: Source): NeededRole[] =>
  instanceSourceOf(source.dataSource).roles.flatMap(({ role, at }) => {
    const scope = scopeOf[at](source);
    return scope === undefined ? [] : [{ ...backupRoles[role], scope }];
  });
