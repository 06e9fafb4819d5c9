import { vaultPath } from "../vaultPath.js";

export const jobsPath = `${vaultPath}/backupJobs` as const;
