import { operation } from "../../http/operation.js";
import { changeProtection } from "./change.js";
import { instancePath } from "./path.js";

export const resumeBackups = operation({
  name: "BackupInstances_ResumeBackups",
  method: "POST",
  path: `${instancePath}/resumeBackups`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionConfigured",
      job: { operation: "ResumeBackups", operationCategory: "Management" },
    }),
});
