import type { Rule } from "../rule.js";
import { immutabilityLocked } from "./immutabilityLocked.js";

/** In the order in which verdicts are shown. */
export const backupVaultRules: readonly Rule[] = [immutabilityLocked];
