import { type DataSourceName, dataSources } from "../policies/dataSources.js";

/*
 * What a backup instance of each kind of data source consists of. Validation, the requests and what is read of Azure's answers
 * are derived from this table. What policies of a kind can be stands in the policies' table, under the same names.
 */

/** The arguments that only some data sources have. */
export const parameterNames = ["snapshotResourceGroupId"] as const;
export type ParameterName = (typeof parameterNames)[number];

export interface InstanceSource {
  /** The type of the resource that is backed up. */
  resourceType: string;
  /** What must be said besides the resource. */
  needs: readonly ParameterName[];
  /** Microsoft's page. */
  source: string;
}

const page = (name: string) => `https://learn.microsoft.com/azure/backup/${name}`;

/** By the names that az and Az.DataProtection have for them (checked 2026-12). */
export const instanceSources = {
  AzureDisk: {
    resourceType: "Microsoft.Compute/disks",
    needs: ["snapshotResourceGroupId"],
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
