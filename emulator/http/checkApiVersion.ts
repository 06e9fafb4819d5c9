import { namespaceOf, refuseUnregistered } from "../resourceManager/registration.js";
import { services } from "../services.js";
import type { World } from "../world.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./request.js";

/** Every call to Resource Manager names a version of the service that it is for. */
export function checkApiVersion({ path, query }: EmulatorRequest, world: World): string {
  const given = query.get("api-version");
  if (!given) {
    const message = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new ArmError(400, "MissingApiVersionParameter", message);
  }
  const [namespace = "Microsoft.Resources", type = ""] = serviceOf(path);
  refuseUnregistered(world, namespace);
  const service = services[namespace];
  const since = service?.since?.[type.toLowerCase()] ?? "";
  const supported = (service?.apiVersions ?? []).filter((version) => version >= since);
  if (supported.includes(given.toLowerCase())) return given.toLowerCase();
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
