import { resourcesApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { listAll, missing } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, object, optional, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/resources/resources/list-by-resource-group */
const resource = {
  noun: "a resource",
  shape: object({ id: text, location: optional(text) }),
} satisfies Kind<unknown>;

/**
 * Where a resource of any type is. The resources of one type in a group are asked for together: Resource Manager takes no API version of
 * their own for that. Undefined: it is not listed, or the caller may not see it.
 */
export async function locationOf(
  client: ArmClient,
  id: string,
  options: OperationOptions,
): Promise<string | undefined> {
  const parts = id.split("/");
  const query = { $filter: `resourceType eq '${parts[6]}/${parts[7]}'` };
  const path = `${parts.slice(0, 5).join("/")}/resources`;
  const all = await listAll(client, { path, apiVersion: resourcesApiVersion, query }, resource, options);
  return all.find((each) => each.id.toLowerCase() === id.toLowerCase())?.location;
}

/** The ARM IDs of all that a resource group contains, as far as the caller may see it. None: there is no such group. */
export async function resourcesIn(client: ArmClient, groupId: string, options: OperationOptions): Promise<string[]> {
  const path = `${groupId}/resources`;
  try {
    const all = await listAll(client, { path, apiVersion: resourcesApiVersion }, resource, options);
    return all.map(({ id }) => id);
  } catch (error) {
    if (missing(error, path) === "group") return [];
    throw error;
  }
}
