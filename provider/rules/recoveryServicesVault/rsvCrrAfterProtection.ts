import { judgeConditional } from "../judgeConditional.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";
import { items } from "./registered.js";

export const crossRegionRestore: StateMachine = {
  property: "crossRegionRestore",
  read: (vault) => vault.crossRegionRestore,
  whenAbsent: "Disabled",
  moves: {
    // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
    Disabled: ["Enabled"],
    Enabled: [],
  },
  conditional: {
    // "can't be reverted to GRS or LRS after the protection starts for the first time":
    // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
    when: "the vault has no protected item",
    moves: { Enabled: ["Disabled"] },
  },
  terminalStates: [],
};

const reason = "Cross-region restore cannot be disabled after protection has started for the first time.";

export const rsvCrrAfterProtection: Rule = {
  code: "rsv-crr-after-protection",
  resource: "RecoveryServicesVault",
  title: "Cross-region restore stays on once anything is protected",
  summary: `${reason} Removing the argument means Disabled. Soft-deleted items count: their protection did start.`,
  remediation: "Keep Enabled, or create another vault without it for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCreate,
  needs: ["protectedItems", "vault"],
  states: crossRegionRestore,
  judge: (change) =>
    judgeConditional(crossRegionRestore, change, reason, () => {
      const holds = items(change.facts, { withSoftDeleted: true });
      if (holds.is === "empty") return { is: "met" };
      if (holds.is === "open") return holds;
      const text = `${reason.replace(/\.$/, "")}, and this vault holds ${holds.text}.`;
      return { is: "unmet", told: { reason: text } };
    }),
};
