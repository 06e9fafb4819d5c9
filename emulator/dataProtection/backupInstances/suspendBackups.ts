import { operation } from "../../http/operation.js";
import { beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

export const suspendBackups = operation({
  name: "BackupInstances_SuspendBackups",
  method: "POST",
  path: `${instancePath}/suspendBackups`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const effect = {
      kind: "instanceWritten",
      ...effectOn(vault, instance.name),
      state: "BackupSchedulesSuspended",
    } as const;
    return { status: 202, headers: beginInstanceOperation(call, vault, effect) };
  },
});
