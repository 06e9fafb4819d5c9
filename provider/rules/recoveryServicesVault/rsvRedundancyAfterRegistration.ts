import { factValue } from "../findings.js";
import { judgeConditional } from "../judgeConditional.js";
import { redundancyFreeWhile } from "../redundancy.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts } from "../undecided.js";

// A vault that is created without redundancy, with cross-region restore too, is GeoRedundant:
// https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
export const redundancy = redundancyFreeWhile("the vault's storageTypeState is Unlocked", "GeoRedundant");

const reason = "Storage redundancy is locked when the first machine is registered with a vault.";

export const rsvRedundancyAfterRegistration: Rule = {
  code: "rsv-redundancy-after-registration",
  resource: "RecoveryServicesVault",
  title: "Redundancy is fixed once anything is registered",
  summary: `${reason} The vault's storageTypeState tells: Locked or Unlocked.`,
  remediation: "Keep the redundancy, and create another vault with the wanted one for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCreate,
  needs: ["storageTypeState", "vault"],
  states: redundancy,
  judge(change) {
    return judgeConditional(redundancy, change, reason, () => {
      const state = factValue(change.facts.storageTypeState);
      if (state?.toLowerCase() === "unlocked") return { is: "met" };
      if (state?.toLowerCase() === "locked") return { is: "unmet" };
      const open = openFacts(change.facts, ["storageTypeState"]) ?? {
        reason: `This version does not know ${String(state)} as a storageTypeState.`,
        remediation: this.remediation,
      };
      return { is: "open", open };
    });
  },
};
