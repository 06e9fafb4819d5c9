import { isResourceManager } from "../state/journal.js";
import type { World } from "../state/world.js";
import { dataPlaneVersions as dataPlane } from "./apiVersions.js";
import { ArmError } from "./armError.js";
import type { EmulatorRequest } from "./operation.js";
import { namespaceOf, refuseUnregistered, versionsOf } from "./services.js";

/** A version as Azure writes them: a date, and for a preview a word behind it. */
const form = /^(\d{4}-\d{2}-\d{2})(-(?:preview|alpha|beta|rc|privatepreview))?$/;

/**
 * The version that a request is served by, of those that are known, oldest first: the one that it asks for, or for one
 * that is newer than all of them the newest. Clients are updated more often than an emulator. Undefined: it never was.
 */
export function servedVersion(given: string, known: readonly string[]): string | undefined {
  const asked = given.toLowerCase();
  if (known.includes(asked)) return asked;
  const newest = known.at(-1);
  if (newest === undefined || !isDate(asked) || !isNewer(asked, newest)) return undefined;
  return isPreview(asked) ? newest : known.findLast((version) => !isPreview(version));
}

function isDate(version: string): boolean {
  const [, date] = form.exec(version) ?? [];
  const time = new Date(`${date}T00:00:00Z`);
  // Of the 31st of June, Date makes the 1st of July.
  return date !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}

/** On one day, a preview is older than what it is the preview of. */
function isNewer(version: string, than: string): boolean {
  const [date, other] = [version.slice(0, 10), than.slice(0, 10)];
  return date > other || (date === other && !isPreview(version) && isPreview(than));
}

const isPreview = (version: string): boolean => /[a-z]/.test(version);

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
