import { judgeMove } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";

export const crossRegionRestore: StateMachine = {
  property: "crossRegionRestore",
  read: (vault) => vault.crossRegionRestore,
  whenAbsent: "Disabled",
  moves: {
    // https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore (checked 2026-11)
    Disabled: ["Enabled"],
    // "CrossRegionRestore state cannot be changed from Enabled to Disabled." of an empty vault too:
    // https://github.com/Azure/azure-cli-extensions/tree/main/src/dataprotection/azext_dataprotection/tests/latest/recordings (checked 2026-11)
    Enabled: [],
  },
  terminalStates: ["Enabled"],
};

const reason = "Azure does not turn cross-region restore off again, not even on an empty vault.";

/** Its code is older than the knowledge that it takes no protection. */
export const crrAfterProtection: Rule = {
  code: "crr-after-protection",
  resource: "BackupVault",
  title: "Cross-region restore stays on",
  summary:
    `${reason} Removing the argument means Disabled, which is refused too. Microsoft's page speaks only of vaults that ` +
    "protect something; in Microsoft's own recordings Azure refuses it on empty ones.",
  remediation: "Keep Enabled, or create another vault without it for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.dataProtectionRecordings,
  needs: ["vault"],
  states: crossRegionRestore,
  judge: (change) => judgeMove(crossRegionRestore, change, reason),
};
