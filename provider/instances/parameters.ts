import { isObject } from "../vaults/values.js";

/** What some data sources need besides the resource, by argument. */
export interface Parameters {
  snapshotResourceGroupId?: string;
}

const snapshots = { objectType: "AzureOperationalStoreParameters", dataStoreType: "OperationalStore" } as const;

/** `policyInfo.policyParameters` of a request. Absent where there are none. */
export function parametersOf({ snapshotResourceGroupId }: Parameters) {
  if (snapshotResourceGroupId === undefined) return undefined;
  return { dataStoreParametersList: [{ ...snapshots, resourceGroupId: snapshotResourceGroupId }] };
}

/** The same of what Azure shows, member by member: of one that this version does not know, nothing is claimed. */
export function parametersIn(shown: unknown): { parameters: Parameters; unread: string[] } {
  const { dataStoreParametersList, ...others } = isObject(shown) ? shown : {};
  const all = Array.isArray(dataStoreParametersList) ? dataStoreParametersList : [];
  const [found, ...more] = all.filter((each) => isObject(each) && typeof each.resourceGroupId === "string");
  const known = all.filter((each) => isObject(each) && each.objectType === snapshots.objectType);
  const extra = Object.entries(others).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return {
    parameters: found ? { snapshotResourceGroupId: String(found.resourceGroupId) } : {},
    unread: [
      ...(known.length === all.length && more.length === 0 ? [] : ["its policyParameters.dataStoreParametersList"]),
      ...extra.map(([name]) => `its policyParameters.${name}`),
    ],
  };
}
