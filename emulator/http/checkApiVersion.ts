import { services } from "../services.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./request.js";

/** Every call to Resource Manager names a version of the service that it is for. */
export function checkApiVersion({ path, query }: EmulatorRequest): string {
  const given = query.get("api-version");
  if (!given) {
    const message = "The api-version query parameter (?api-version=) is required for all requests.";
    throw new ArmError(400, "MissingApiVersionParameter", message);
  }
  const [namespace = "Microsoft.Resources", type = ""] = serviceOf(path);
  const supported = services[namespace]?.apiVersions ?? [];
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
function serviceOf(path: string): [namespace?: string, type?: string] {
  const found = [...path.matchAll(/\/providers\/([^/]+)\/([^/]+)/gi)].at(-1);
  if (found === undefined) return [];
  const [, given = "", type] = found;
  return [Object.keys(services).find((known) => known.toLowerCase() === given.toLowerCase()) ?? given, type];
}
