import { servedVersion } from "../../http/apiVersion.js";
import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import type { Reply } from "../../http/reply.js";
import { router } from "../../http/route.js";
import { isManagedHsm, type Store } from "../stores/types.js";
import { apiVersions, latest } from "./apiVersions.js";
import { authorize, type Caller } from "./authorize.js";
import { certificateOperations, keyOperations, localRoleOperations } from "./operations.js";
import { requireStoreAt } from "./storeOf.js";

const ofKeyVaults = router([...keyOperations, ...certificateOperations]);
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
  const message = `The emulator does not serve ${request.method} ${path} of ${request.host}. See docs/emulator.md.`;
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
  const served = servedVersion(given, apiVersions);
  if (served !== undefined) return served;
  const message = `The specified version (${given}) is not recognized. Consider using the latest supported version (${latest}).`;
  throw new ArmError(400, "BadParameter", message);
}
