import { type DataSourceName, dataSources } from "../policies/dataSources.js";

/*
 * What a backup instance of each kind of data source consists of. Validation, the requests and what is read of Azure's answers
 * are derived from this table. What policies of a kind can be stands in the policies' table, under the same names.
 */

/** The arguments that only some data sources have. */
export const parameterNames = ["snapshotResourceGroupId"] as const;
export type ParameterName = (typeof parameterNames)[number];

/**
 * The built-in roles that the vault's identity needs for backup, by Microsoft's names and GUIDs (checked 2026-12).
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const backupRoles = {
  diskBackupReader: { name: "Disk Backup Reader", id: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24" },
  diskSnapshotContributor: { name: "Disk Snapshot Contributor", id: "7efff54f-a5b4-42b5-a1c5-5411624893ce" },
} as const;

/** Where a role is needed. */
export type Place = "dataSource" | "snapshotGroup";

export interface RoleNeed {
  role: keyof typeof backupRoles;
  at: Place;
}

export interface InstanceSource {
  /** The type of the resource that is backed up. */
  resourceType: string;
  /** What must be said besides the resource. */
  needs: readonly ParameterName[];
  /** What the vault's identity must be allowed to do, and where. */
  roles: readonly RoleNeed[];
  /** Microsoft's page, which names the roles. */
  source: string;
}

const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

/** By the names that az and Az.DataProtection have for them (checked 2026-12). */
export const instanceSources = {
  AzureDisk: {
    resourceType: "Microsoft.Compute/disks",
    needs: ["snapshotResourceGroupId"],
    roles: [
      { role: "diskBackupReader", at: "dataSource" },
      { role: "diskSnapshotContributor", at: "snapshotGroup" },
    ],
    source: page("backup-managed-disks"),
  },
} as const satisfies Partial<Record<DataSourceName, InstanceSource>>;

export type InstanceSourceName = keyof typeof instanceSources;

export const instanceSourceNames = Object.keys(instanceSources) as InstanceSourceName[];

export const instanceSourceOf = (name: InstanceSourceName): InstanceSource => instanceSources[name];

export const isInstanceSource = (name: string): name is InstanceSourceName => Object.hasOwn(instanceSources, name);

/** Undefined if this version does not know the type. */
export const instanceSourceNamed = (armType: string): InstanceSourceName | undefined =>
  instanceSourceNames.find((name) => dataSources[name].armType.toLowerCase() === armType.toLowerCase());
