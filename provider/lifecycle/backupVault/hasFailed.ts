import type { BackupVaultResource } from "../../azure/index.js";

/** Its last write ended badly: what it shows is what was asked for, perhaps not what it is, until it is written again. */
export const hasFailed = ({ properties }: BackupVaultResource): boolean => properties.provisioningState === "Failed";
