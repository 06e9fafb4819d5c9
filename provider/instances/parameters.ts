import { type DataSourceName, dataSourceNames } from "../policies/dataSources.js";
import { isObject } from "../vaults/values.js";
import { type BackupConfiguration, configurationFromArm, configurationToArm } from "./backupConfiguration.js";
import { instanceSourceOf, type ParameterName } from "./dataSources.js";

/** What some data sources need besides the resource, by argument. */
export interface Parameters {
  snapshotResourceGroupId?: string;
  containers?: string[];
  backupConfiguration?: BackupConfiguration;
}

const snapshots = { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore" } as const;

/** `policyInfo.policyParameters` of a request. Absent where there are none. */
export function parametersOf(given: Parameters & { dataSource: DataSourceName }) {
  const { dataSource, snapshotResourceGroupId } = given;
  const { parametersType: objectType } = instanceSourceOf(dataSource);
  const argument = argumentOf(dataSource);
  const parameters = argument && members[argument].toArm(given);
  if (snapshotResourceGroupId === undefined && parameters === undefined) return undefined;
  return {
    ...(snapshotResourceGroupId !== undefined && {
      dataStoreParametersList: [{ ...snapshots, resourceGroupId: snapshotResourceGroupId }],
    }),
    ...(parameters && { backupDatasourceParametersList: [{ objectType, ...parameters }] }),
  };
}

type Members = Record<string, unknown>;

/** Azure's parameters of a data source, by the argument that stands for them. */
const members = {
  containers: {
    toArm: ({ containers }: Parameters) => containers && { containersList: containers },
    fromArm: ({ containersList: containers, ...others }: Members) => {
      const isList = Array.isArray(containers) && containers.every((each) => typeof each === "string");
      return isList && isBare(others) ? { containers } : undefined;
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

/** The argument that stands for a data source's parameters in Azure. */
function argumentOf(dataSource: DataSourceName): Argument | undefined {
  const { needs, takes } = instanceSourceOf(dataSource);
  return (Object.keys(members) as Argument[]).find((name) => [...needs, ...takes].includes(name));
}

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
  const isKnown = objectType === snapshots.objectType && dataStoreType === snapshots.dataStoreType && isBare(others);
  return isKnown && typeof resourceGroupId === "string" ? { snapshotResourceGroupId: resourceGroupId } : undefined;
}

function readSource({ objectType, ...shown }: Members): Parameters | undefined {
  const dataSource = dataSourceNames.find((name) => instanceSourceOf(name).parametersType === objectType);
  const argument = objectType === undefined || dataSource === undefined ? undefined : argumentOf(dataSource);
  return argument && members[argument].fromArm(shown);
}

const isBare = (others: object): boolean =>
  Object.values(others).every((value) => value === null || value === undefined);

/** Azure keeps no order of containers. */
export const isSameContainers = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify([...(a ?? [])].sort()) === JSON.stringify([...(b ?? [])].sort());
