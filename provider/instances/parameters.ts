import { type DataSourceName, dataSourceNames } from "../policies/dataSources.js";
import { isObject, isValue } from "../vaults/values.js";
import { type AutoProtectionSettings, autoProtectionFromArm, autoProtectionToArm } from "./autoProtection.js";
import { type BackupConfiguration, configurationFromArm, configurationToArm } from "./backupConfiguration.js";
import { instanceSourceOf, type ParameterName } from "./dataSources.js";

/** What some data sources need besides the resource, by argument. */
export interface Parameters {
  snapshotResourceGroupId?: string;
  containers?: string[];
  autoProtectionSettings?: AutoProtectionSettings;
  backupConfiguration?: BackupConfiguration;
}

const snapshots = { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore" } as const;

/** `policyInfo.policyParameters` of a request. Absent where there are none. */
export function parametersOf(given: Parameters & { dataSource: DataSourceName }) {
  const { dataSource, snapshotResourceGroupId } = given;
  const lists = typesOf(dataSource).flatMap(([argument, objectType]) => {
    const parameters = members[argument].toArm(given);
    return parameters ? [{ objectType, ...parameters }] : [];
  });
  if (snapshotResourceGroupId === undefined && lists.length === 0) return undefined;
  return {
    ...(snapshotResourceGroupId !== undefined && {
      dataStoreParametersList: [{ ...snapshots, resourceGroupId: snapshotResourceGroupId }],
    }),
    ...(lists.length > 0 && { backupDatasourceParametersList: lists }),
  };
}

type Members = Record<string, unknown>;

/** Azure's parameters of a data source, by the argument that stands for them. */
const members = {
  containers: {
    toArm: ({ containers }: Parameters) => containers && { containersList: containers },
    fromArm: ({ containersList: containers, ...others }: Members) => {
      const isList = Array.isArray(containers) && containers.every((each) => typeof each === "string");
      if (!isList || !isBare(others)) return undefined;
      // Recorded of blobs in their own account: the list is there, and empty.
      return containers.length > 0 ? { containers } : {};
    },
  },
  autoProtectionSettings: {
    toArm: ({ autoProtectionSettings: settings }: Parameters) =>
      settings && { autoProtectionSettings: autoProtectionToArm(settings) },
    fromArm: ({ autoProtectionSettings: shown, ...others }: Members) => {
      const autoProtectionSettings = isBare(others) ? autoProtectionFromArm(shown) : undefined;
      return autoProtectionSettings && { autoProtectionSettings };
    },
  },
  backupConfiguration: {
    toArm: ({ backupConfiguration }: Parameters) => configurationToArm(backupConfiguration),
    fromArm: (shown: Members) => {
      const backupConfiguration = configurationFromArm(shown);
      return backupConfiguration && { backupConfiguration };
    },
  },
} satisfies Partial<
  Record<
    ParameterName,
    { toArm(given: Parameters): object | undefined; fromArm(shown: Members): Parameters | undefined }
  >
>;
type Argument = keyof typeof members;

/** The arguments that stand for a data source's parameters, with Azure's type of each. */
const typesOf = (dataSource: DataSourceName) =>
  Object.entries(instanceSourceOf(dataSource).parameters) as [Argument, string][];

/** The same of what Azure shows, member by member: of one that this version does not know, nothing is claimed. */
export function parametersIn(shown: unknown): { parameters: Parameters; unread: string[] } {
  const { dataStoreParametersList, backupDatasourceParametersList, ...others } = isObject(shown) ? shown : {};
  const stores = onlyOne(dataStoreParametersList, readStore);
  const sources = onlyOne(backupDatasourceParametersList, readSource);
  const unread = Object.entries({
    ...others,
    ...(stores === undefined && { dataStoreParametersList }),
    ...(sources === undefined && { backupDatasourceParametersList }),
  }).filter(([, value]) => value !== null && value !== undefined);
  return { parameters: { ...stores, ...sources }, unread: unread.map(([name]) => `its policyParameters.${name}`) };
}

/** Undefined: there is something else in the list. */
function onlyOne(list: unknown, readOne: (item: Members) => Parameters | undefined) {
  if (list === undefined || list === null) return {};
  if (!Array.isArray(list) || list.length > 1) return undefined;
  const [item] = list;
  if (item === undefined) return {};
  return isObject(item) ? readOne(item) : undefined;
}

function readStore({ objectType, dataStoreType, resourceGroupId, ...others }: Members) {
  const isKnown = isValue(snapshots.objectType, objectType) && isValue(snapshots.dataStoreType, dataStoreType);
  return isKnown && isBare(others) && typeof resourceGroupId === "string"
    ? { snapshotResourceGroupId: resourceGroupId }
    : undefined;
}

function readSource({ objectType, ...shown }: Members): Parameters | undefined {
  const [argument] = dataSourceNames.flatMap(typesOf).find(([, type]) => isValue(type, objectType)) ?? [];
  return argument && members[argument].fromArm(shown);
}

const isBare = (others: object): boolean =>
  Object.values(others).every((value) => value === null || value === undefined);

/** Azure keeps no order of containers. */
export const isSameContainers = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify([...(a ?? [])].sort()) === JSON.stringify([...(b ?? [])].sort());
