import { operation } from "../../http/operation.js";
import { changeProtection } from "./change.js";
import { instancePath } from "./path.js";

export const stopProtection = operation({
  name: "BackupInstances_StopProtection",
  method: "POST",
  path: `${instancePath}/stopProtection`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionStopped",
      job: { operation: "StopProtection", operationCategory: "Management" },
      guarded: "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
    }),
});
