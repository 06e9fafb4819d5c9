import type { Context } from "../../host/context.js";
import * as vault from "../vault/write.js";
import { backupVaultType } from "./backupVaultType.js";
import type { BackupVaultInputs, BackupVaultSettings } from "./inputs.js";

type Options = Parameters<
  typeof vault.changeSettings<BackupVaultInputs, import("../../azure/index.js").BackupVaultResource>
>[4];

/** Changes settings of a live Backup vault: read, judge, write what differs, read back. */
export const changeSettings = (
  context: Context,
  id: string,
  wanted: (has: BackupVaultSettings) => Promise<BackupVaultInputs>,
  options: Options,
) => vault.changeSettings(backupVaultType, context, id, async (has) => wanted(has as BackupVaultSettings), options);
