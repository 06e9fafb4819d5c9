import { operation } from "../../http/operation.js";
import { beginInstanceOperation, effectOn, instancePath, requireInstance } from "./path.js";

export const stopProtection = operation({
  name: "BackupInstances_StopProtection",
  method: "POST",
  path: `${instancePath}/stopProtection`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state: "ProtectionStopped" } as const;
    return { status: 202, headers: beginInstanceOperation(call, vault, effect) };
  },
});
