import { ArmError } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { operation } from "../../http/operation.js";
import { noContent, ok, type Reply } from "../../http/reply.js";
import { retryAfter } from "../../operations/begin.js";
import { requireOperation } from "../../operations/requireOperation.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { userFacingError } from "../backupError.js";
import { jobOf } from "../job.js";
import { showVault } from "../showVault.js";
import { vaultById, vaultPath } from "../vaultPath.js";

export const getBelowVault = operation({
  name: "BackupVaultOperationResults_Get",
  method: "GET",
  path: `${vaultPath}/operationResults/{operationId}`,
  answer(call) {
    return result(call, (effect) => {
      if (effect.kind !== "vaultWritten") return ok(jobOf(call.world, requireOperation(call)));
      const vault = vaultById(call.world, effect.vaultId);
      return vault === undefined ? noContent : ok(showVault(vault.body, call.apiVersion));
    });
  },
});

export const getBelowSubscription = operation({
  name: "OperationResult_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/operationResults/{operationId}",
  answer: (call) => result(call, () => ok(jobOf(call.world, requireOperation(call)))),
});

type Effect = ReturnType<typeof requireOperation>["effect"];

/** Where an operation's Location leads: 202 until it has ended, then what came of it. */
export function result(call: Call<"subscriptionId" | "operationId">, done: (effect: Effect) => Reply): Reply {
  requireSubscription(call);
  const found = requireOperation(call);
  const { origin, path, query } = call.request;
  const status = { "Azure-AsyncOperation": `${origin}${statusPath(path)}?${query}` };
  if (!found.ended) {
    return { status: 202, headers: { ...status, Location: `${origin}${path}?${query}`, ...retryAfter(call, 10) } };
  }
  // Recorded: the address of the status comes with the result, too.
  if (found.failure === undefined) return { ...done(found.effect), headers: status };
  const { code, message } = found.failure;
  throw new ArmError(400, code, message, { error: userFacingError(code, message) });
}

/** The status of an operation on an instance is below the vault. */
function statusPath(path: string): string {
  return path.replace(/(\/backupInstances\/[^/]+)?\/operationResults\//i, "/operationStatus/");
}
