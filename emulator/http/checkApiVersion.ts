import { isResourceManager } from "../journal.js";
import { apiVersions as dataPlane } from "../keyVault/dataPlane/apiVersions.js";
import { namespaceOf, refuseUnregistered } from "../resourceManager/registration.js";
import { versionsOf } from "../services.js";
import type { World } from "../world.js";
import { servedVersion } from "./apiVersion.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./request.js";

/**
 * Every call to Resource Manager names a version of the service that it is for.
 * @returns the one that it is served by
 */
export function checkApiVersion({ path, query }: EmulatorRequest, world: World): string {
  const given = query.get("api-version");
  if (!given) {
    const message = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new ArmError(400, "MissingApiVersionParameter", message);
  }
  const [namespace = "Microsoft.Resources", type = ""] = serviceOf(path);
  refuseUnregistered(world, namespace);
  const supported = versionsOf(namespace, type);
  const served = servedVersion(given, supported);
  if (served !== undefined) return served;
  const versions = [...supported].reverse().join(", ");
  if (namespace === "Microsoft.Resources") {
    const message = `The api-version '${given}' is invalid. The supported versions are '${versions}'.`;
    throw new ArmError(400, "InvalidApiVersionParameter", message);
  }
  const message =
    `No registered resource provider found for API version '${given}' for type '${type}'. The supported api-versions ` +
    `are '${versions}'.`;
  throw new ArmError(400, "NoRegisteredProviderFound", message);
}

/** The version that a request is served by in place of a newer one. */
export function servedInstead(target: string): string | undefined {
  const [path = "", query] = target.split("?");
  const given = new URLSearchParams(query).get("api-version")?.toLowerCase() ?? "";
  const [namespace = "Microsoft.Resources", type = ""] = serviceOf(path);
  const known = path.startsWith("https://") ? dataPlane : isResourceManager(path) ? versionsOf(namespace, type) : [];
  const served = servedVersion(given, known);
  return served === given ? undefined : served;
}

/** The last one in the path: a role assignment at a vault is the authorization service's. */
export function serviceOf(path: string): [namespace?: string, type?: string] {
  // Providers themselves are Resource Manager's.
  if (/^(\/subscriptions\/[^/]+)?\/providers(\/[^/]+(\/(un)?register)?)?\/?$/i.test(path)) return [];
  const at = path.toLowerCase().lastIndexOf("/providers/");
  if (at < 0) return [];
  const [given = "", ...rest] = path.slice(at).split("/").slice(2);
  // Types and names take turns: locations/westeurope/deletedVaults is of the type locations/deletedVaults.
  const type = rest.filter((_part, index) => index % 2 === 0);
  return [namespaceOf(given) ?? given, type.join("/")];
}
