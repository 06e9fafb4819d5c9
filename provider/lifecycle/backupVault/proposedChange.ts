import type { BackupVaultResource } from "../../azure/index.js";
import type { ProposedChange } from "../vault/proposedChange.js";
import type { BackupVaultInputs } from "./inputs.js";

export type BackupVaultQuestion = ProposedChange<BackupVaultInputs, BackupVaultResource>;
