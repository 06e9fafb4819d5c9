import type { Vault } from "../../vaults/ruleVault.js";
import { isEncrypted } from "../backupVault/encryption.js";
import { fromTo } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { crossRegionRestore } from "./rsvCrrAfterProtection.js";

export const rsvCmkWithCrr: Rule = {
  code: "rsv-cmk-with-crr",
  resource: "RecoveryServicesVault",
  title: "A customer-managed key and cross-region restore",
  summary:
    "Microsoft's page says that a vault with a customer-managed key does not support cross-region restore; others report " +
    "that it does by now. So it is a warning.",
  remediation: "If Azure refuses it, choose one of the two.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace" || !hasBoth(after) || (before && hasBoth(before))) return [];
    const reason = "A page of Microsoft's says that the two do not go together, and others report that by now they do.";
    return [{ decision: "warn", ...fromTo(crossRegionRestore, change), reason }];
  },
};

const hasBoth = (vault: Vault): boolean =>
  isEncrypted(vault, "after") === "yes" && stateOf(crossRegionRestore, vault) === "Enabled";
