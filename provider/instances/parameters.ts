import { isObject } from "../vaults/values.js";
import { type InstanceSourceName, instanceSourceNames, instanceSourceOf } from "./dataSources.js";

/** What some data sources need besides the resource, by argument. */
export interface Parameters {
  snapshotResourceGroupId?: string;
  containers?: string[];
}

const snapshots = { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore" } as const;

/** `policyInfo.policyParameters` of a request. Absent where there are none. */
export function parametersOf({
  dataSource,
  snapshotResourceGroupId,
  containers,
}: Parameters & { dataSource: InstanceSourceName }) {
  if (snapshotResourceGroupId === undefined && containers === undefined) return undefined;
  const objectType = instanceSourceOf(dataSource).containersType;
  return {
    ...(snapshotResourceGroupId !== undefined && {
      dataStoreParametersList: [{ ...snapshots, resourceGroupId: snapshotResourceGroupId }],
    }),
    ...(containers !== undefined && { backupDatasourceParametersList: [{ objectType, containersList: containers }] }),
  };
}

const containersTypes = instanceSourceNames.map((name) => instanceSourceOf(name).containersType);

/** The same of what Azure shows, member by member: of one that this version does not know, nothing is claimed. */
export function parametersIn(shown: unknown): { parameters: Parameters; unread: string[] } {
  const { dataStoreParametersList, backupDatasourceParametersList, ...others } = isObject(shown) ? shown : {};
  const stores = onlyOne(dataStoreParametersList, readStore);
  const sources = onlyOne(backupDatasourceParametersList, readContainers);
  const unread = Object.entries({
    ...others,
    ...(stores === undefined && { dataStoreParametersList }),
    ...(sources === undefined && { backupDatasourceParametersList }),
  }).filter(([, value]) => value !== null && value !== undefined);
  return { parameters: { ...stores, ...sources }, unread: unread.map(([name]) => `its policyParameters.${name}`) };
}

/** Undefined: there is something else in the list. */
function onlyOne(list: unknown, readOne: (item: Record<string, unknown>) => Parameters | undefined) {
  if (list === undefined || list === null) return {};
  if (!Array.isArray(list) || list.length > 1) return undefined;
  const [item] = list;
  if (item === undefined) return {};
  return isObject(item) ? readOne(item) : undefined;
}

function readStore({ objectType, dataStoreType, resourceGroupId, ...others }: Record<string, unknown>) {
  const isKnown = objectType === snapshots.objectType && dataStoreType === snapshots.dataStoreType && isBare(others);
  return isKnown && typeof resourceGroupId === "string" ? { snapshotResourceGroupId: resourceGroupId } : undefined;
}

function readContainers({ objectType, containersList, ...others }: Record<string, unknown>) {
  const isKnown = containersTypes.some((type) => type !== undefined && type === objectType) && isBare(others);
  const isList = Array.isArray(containersList) && containersList.every((each) => typeof each === "string");
  return isKnown && isList ? { containers: containersList as string[] } : undefined;
}

const isBare = (others: object): boolean =>
  Object.values(others).every((value) => value === null || value === undefined);

/** Azure keeps no order of containers. */
export const isSameContainers = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify([...(a ?? [])].sort()) === JSON.stringify([...(b ?? [])].sort());
