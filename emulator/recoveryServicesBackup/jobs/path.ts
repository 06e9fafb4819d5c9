import { vaultPath } from "../../recoveryServices/vaultPath.js";

export const jobsPath = `${vaultPath}/backupJobs` as const;
