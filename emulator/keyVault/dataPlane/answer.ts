import { dataPlaneVersions, latestDataPlane } from "../../arm/apiVersions.js";
import { ArmError } from "../../arm/armError.js";
import { type Call, type Operation, operation, type Reply } from "../../arm/operation.js";
import { servedVersion } from "../../arm/requestVersion.js";
import { router } from "../../arm/router.js";
import { isManagedHsm, type Store } from "../stores.js";
import { authorize, type Caller } from "./access.js";
import { uses } from "./cryptography.js";
import { deletedKeys } from "./deletedKeys.js";
import { create, get, importKey, list, listVersions, remove, update } from "./keys.js";
import { requireStoreAt } from "./request.js";
import { localRoleAssignments } from "./roleAssignments.js";
import { localRoleDefinitions } from "./roleDefinitions.js";
import { getRotationPolicy, rotate, updateRotationPolicy } from "./rotation.js";

/** Those with a word at the end stand before those that take it for a version. */
const keysOfDataPlane = [
  list,
  listVersions,
  create,
  rotate,
  ...uses,
  getRotationPolicy,
  updateRotationPolicy,
  importKey,
  remove,
  ...get,
  ...update,
];

/** Of key vaults and Managed HSMs. */
export const keyOperations: readonly Operation[] = [...keysOfDataPlane, ...deletedKeys];

/**
 * Who hears of a certificate that expires: nobody, since there are no certificates here. azurerm asks every key vault,
 * and takes 404 for that.
 */
const getContacts = operation({
  name: "GetCertificateContacts",
  method: "GET",
  path: "/certificates/contacts",
  answer() {
    const message = "The key vault has no certificate contacts. Azure's own code for this is not documented.";
    throw new ArmError(404, "EmulatorUnverifiedContactsNotFound", message);
  },
});

/** Of key vaults only. */
export const certificateOperations: readonly Operation[] = [getContacts];

const ofKeyVaults = router([...keyOperations, ...certificateOperations]);

/** Of Managed HSMs only. */
export const localRoleOperations: readonly Operation[] = [...localRoleAssignments, ...localRoleDefinitions];

const ofManagedHsms = router([...keyOperations, ...localRoleOperations]);

/** What the data plane of a key vault or a Managed HSM answers. Without a caller: to this process itself. */
export function answerDataPlane(call: Omit<Call, "params" | "apiVersion">, caller: Caller | undefined): Reply {
  const { request, world, now } = call;
  const store = requireStoreAt(world, request);
  refuseOtherNetworks(store);
  const apiVersion = checkApiVersion(request.query.get("api-version"));
  // Clients write a scope of "/", and an absent version, as a second slash.
  const path = request.path.replace(/\/{2,}/g, "/");
  const route = (isManagedHsm(store) ? ofManagedHsms : ofKeyVaults)(request.method, path);
  if (route !== undefined) {
    const { operation, params } = route;
    if (caller !== undefined) authorize(world, store, caller, operation.name, params, now);
    return operation.answer({ ...call, params, apiVersion });
  }
  const message = `The emulator does not support ${request.method} ${path} of ${request.host}. See docs/operations.md.`;
  throw new ArmError(501, "EmulatorNotImplemented", message);
}

/** Whoever calls from this machine is neither a trusted service nor in an allowed network. */
function refuseOtherNetworks({ body: { properties } }: Store): void {
  const refuse = (code: string, message: string) =>
    new ArmError(403, "Forbidden", message, { error: { innererror: { code } } });
  if (/^disabled$/i.test(properties.publicNetworkAccess)) {
    const fact =
      "Public network access is disabled and request is not from a trusted service nor via an approved private link.";
    throw refuse("ForbiddenByConnection", fact);
  }
  if (/^deny$/i.test(properties.networkAcls?.defaultAction ?? "")) {
    throw refuse("ForbiddenByFirewall", "Client address is not authorized and caller is not a trusted service.");
  }
}

function checkApiVersion(given: string | null): string {
  if (!given) throw new ArmError(400, "BadParameter", "api-version must be specified");
  const served = servedVersion(given, dataPlaneVersions);
  if (served !== undefined) return served;
  const message = `The specified version (${given}) is not recognized. Consider using the latest supported version (${latestDataPlane}).`;
  throw new ArmError(400, "BadParameter", message);
}
