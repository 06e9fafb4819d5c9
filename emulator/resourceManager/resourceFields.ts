import type { FilterFields } from "../http/filter.js";

/** What lists of resources and resource groups can be filtered by. */
export const resourceFields: FilterFields = {
  resourceType: ({ type }) => type,
  name: ({ name }) => name,
  resourceGroup: ({ id }) => id.split("/")[4],
  location: ({ location }) => location,
};
