import type { BackupVaultResource } from "../../azure/index.js";
import type { Question } from "../vault/question.js";
import type { BackupVaultInputs } from "./inputs.js";

export type BackupVaultQuestion = Question<BackupVaultInputs, BackupVaultResource>;
