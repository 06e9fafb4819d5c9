import { operation } from "../../http/operation.js";
import { changeProtection } from "./change.js";
import { instancePath } from "./path.js";

export const suspendBackups = operation({
  name: "BackupInstances_SuspendBackups",
  method: "POST",
  path: `${instancePath}/suspendBackups`,
  answer: (call) =>
    changeProtection(call, {
      state: "BackupsSuspended",
      job: { operation: "SuspendBackups", operationCategory: "Management" },
      guarded: "Microsoft.DataProtection/backupVaults/backupInstances/suspendBackups/action",
    }),
});
