import { apiVersion, type BackupVaultResource } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Facts } from "../../rules/index.js";
import * as vault from "../vault/judgement.js";
import { factReaders } from "./facts.js";
import type { BackupVaultInputs } from "./inputs.js";
import type { BackupVaultQuestion } from "./question.js";
import { toRules } from "./toRules.js";

export { sentences } from "../vault/judgement.js";

/** How a Backup vault is judged. */
export const judged = { kind: "BackupVault", apiVersion, toRules, factReaders } as const;

export const verdictsOn = (question: BackupVaultQuestion, facts?: Facts) =>
  vault.verdictsOn<BackupVaultInputs, BackupVaultResource>(judged, question, facts);

export const decideWithFacts = (context: Context, question: BackupVaultQuestion) =>
  vault.decideWithFacts<BackupVaultInputs, BackupVaultResource>(judged, context, question);
