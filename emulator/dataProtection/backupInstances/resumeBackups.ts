import { operation } from "../../http/operation.js";
import { beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

export const resumeBackups = operation({
  name: "BackupInstances_ResumeBackups",
  method: "POST",
  path: `${instancePath}/resumeBackups`,
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
