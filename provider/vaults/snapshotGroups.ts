import { isObject } from "./values.js";

/** The ARM IDs of the resource groups in which an instance keeps its snapshots, by its `policyParameters` in Azure. */
export function snapshotGroupsIn(policyParameters: unknown): string[] {
  const stores = isObject(policyParameters) ? policyParameters.dataStoreParametersList : undefined;
  const ids = (Array.isArray(stores) ? stores : []).map((store) => isObject(store) && store.resourceGroupId);
  return ids.filter((id) => typeof id === "string");
}
