import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { retryAfter } from "../../operations/begin.js";
import { requireOperation } from "../../operations/requireOperation.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { recoveryError } from "../recoveryError.js";
import { vaultPath } from "../vaultPath.js";

export const results = operation({
  name: "GetOperationResult",
  method: "GET",
  path: `${vaultPath}/operationResults/{operationId}`,
  answer(call) {
    requireSubscription(call);
    const found = requireOperation(call);
    if (!found.ended) {
      const { origin, path, query } = call.request;
      return { status: 202, headers: { Location: `${origin}${path}?${query}`, ...retryAfter(call, 10) } };
    }
    if (found.failure !== undefined) throw recoveryError(400, found.failure.code, found.failure.message);
    if (found.effect.kind !== "recoveryServicesVaultWritten") return noContent;
    const vault = call.world.recoveryServicesVaults.get(found.effect.vaultId);
    return vault === undefined ? noContent : ok(vault.body);
  },
});
