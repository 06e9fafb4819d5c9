import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { unverified } from "../backupError.js";
import { unlockDeleteMinutes } from "../resourceGuards/operations.js";
import { proxyPath, requireProxy } from "./path.js";

/** For a while, `resourceToBeDeleted` may be deleted: a backup instance, or the proxy itself. */
export const unlockDelete = operation({
  name: "DppResourceGuardProxy_UnlockDelete",
  method: "POST",
  path: `${proxyPath}/unlockDelete`,
  answer(call) {
    const { vault, proxy } = requireProxy(call);
    const shape = { resourceGuardOperationRequests: ["string"], resourceToBeDeleted: "string" } as const;
    const given = requestBody(call.request, shape);
    const requests: string[] = given.resourceGuardOperationRequests ?? [];
    const wanted = `${proxy.properties.resourceGuardResourceId}/`.toLowerCase();
    if (!requests.some((request) => request.toLowerCase().startsWith(wanted))) {
      const message = "resourceGuardOperationRequests names no request of the guard. Azure's answer is not known.";
      throw unverified("resource-guard-required", message, 403);
    }
    const until = call.now + unlockDeleteMinutes * 60_000;
    vault.unlocked.set(String(given.resourceToBeDeleted ?? proxy.id).toLowerCase(), until);
    return ok({ unlockDeleteExpiryTime: new Date(until).toISOString() });
  },
});
