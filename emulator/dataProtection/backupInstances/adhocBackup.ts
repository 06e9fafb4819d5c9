import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidInput, unverified } from "../backupError.js";
import { accepted, beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

/** A job and nothing else: the emulator has no data, so no recovery point comes of it. */
export const adhocBackup = operation({
  name: "BackupInstances_AdhocBackup",
  method: "POST",
  path: `${instancePath}/backup`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const { backupRuleOptions } = requestBody(call.request, {
      backupRuleOptions: { ruleName: "string", triggerOption: { retentionTagOverride: "string" } },
    });
    if (!backupRuleOptions?.ruleName) throw invalidInput("backupRuleOptions.ruleName is missing.");
    const state = instance.properties.currentProtectionState;
    if (state !== "ProtectionConfigured") {
      const message = `The backup instance '${instance.name}' is in the state ${state}. Azure's answer is not known.`;
      throw unverified("backup-not-configured", message);
    }
    const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
    const job = { operation: "Backup", operationCategory: "Backup" };
    return accepted(beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 60 }));
  },
});
