import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { accepted, beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

/** Repeats what failed last: an instance whose protection could not be configured is protected then. */
export const sync = operation({
  name: "BackupInstances_SyncBackupInstance",
  method: "POST",
  path: `${instancePath}/sync`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    requestBody(call.request, { syncType: "string" }, "optional");
    const { provisioningState, currentProtectionState } = instance.properties;
    const state = provisioningState === "Failed" ? "ProtectionConfigured" : currentProtectionState;
    const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
    return accepted(beginInstanceOperation(call, vault, effect));
  },
});
