import { operation } from "../../http/operation.js";
import { beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

export const resumeProtection = operation({
  name: "BackupInstances_ResumeProtection",
  method: "POST",
  path: `${instancePath}/resumeProtection`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const effect = {
      kind: "instanceWritten",
      ...effectOn(vault, instance.name),
      state: "ProtectionConfigured",
    } as const;
    return { status: 202, headers: beginInstanceOperation(call, vault, effect) };
  },
});
