import { operation } from "../../http/operation.js";
import { changeProtection } from "./change.js";
import { instancePath } from "./path.js";

export const resumeProtection = operation({
  name: "BackupInstances_ResumeProtection",
  method: "POST",
  path: `${instancePath}/resumeProtection`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionConfigured",
      job: { operation: "ResumeProtection", operationCategory: "Management" },
    }),
});
