import { unlockDeleteMinutes } from "../../dataProtection/resourceGuards/operations.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { guardRequired, namesRequest } from "../../recoveryServices/rules/resourceGuard.js";
import { proxyPath, requireProxy } from "./path.js";

export const unlockDelete = operation({
  name: "ResourceGuardProxy_UnlockDelete",
  method: "POST",
  path: `${proxyPath}/unlockDelete`,
  answer(call) {
    const { vault, proxy } = requireProxy(call);
    const shape = { resourceGuardOperationRequests: ["string"], resourceToBeDeleted: "string" } as const;
    const requests: string[] = requestBody(call.request, shape).resourceGuardOperationRequests ?? [];
    const guardId = String(proxy.properties.resourceGuardResourceId);
    if (!namesRequest(requests, guardId)) throw guardRequired(guardId, "unlockDelete");
    vault.unlockedUntil = call.now + unlockDeleteMinutes * 60_000;
    return ok({ unlockDeleteExpiryTime: new Date(vault.unlockedUntil).toISOString() });
  },
});
