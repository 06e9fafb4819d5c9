import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { unverified } from "../backupError.js";
import { proxyPath, requireProxy } from "./path.js";

export const unlockDelete = operation({
  name: "DppResourceGuardProxy_UnlockDelete",
  method: "POST",
  path: `${proxyPath}/unlockDelete`,
  answer(call) {
    const { vault, proxy } = requireProxy(call);
    const shape = { resourceGuardOperationRequests: ["string"] } as const;
    const requests: string[] = requestBody(call.request, shape).resourceGuardOperationRequests ?? [];
    const wanted = `${proxy.properties.resourceGuardResourceId}/`.toLowerCase();
    if (!requests.some((request) => request.toLowerCase().startsWith(wanted))) {
      const message = "resourceGuardOperationRequests names no request of the guard. Azure's answer is not known.";
      throw unverified("resource-guard-required", message, 403);
    }
    vault.unlockedUntil = call.now + 600_000;
    return ok({ unlockDeleteExpiryTime: new Date(vault.unlockedUntil).toISOString() });
  },
});
