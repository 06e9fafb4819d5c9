import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";
import { judgeWhileEmpty } from "./judgeWhileEmpty.js";

export const crossRegionRestore: StateMachine = {
  property: "crossRegionRestore",
  read: (vault) => vault.crossRegionRestore,
  whenAbsent: "Disabled",
  moves: {
    // https://learn.microsoft.com/azure/backup/tutorial-cross-region-restore (checked 2026-11)
    Disabled: ["Enabled"],
    Enabled: [],
  },
  conditional: {
    // "You can't disable Cross Region Restore once protection has started with this feature enabled":
    // https://learn.microsoft.com/azure/backup/quick-secondary-region-restore-postgresql-powershell (checked 2026-11)
    when: "the vault holds no backup instance",
    moves: { Enabled: ["Disabled"] },
  },
  noWayBack: [],
};

const because = "Cross-region restore cannot be disabled once a vault has protected anything with it.";

export const crrAfterProtection: Rule = {
  code: "crr-after-protection",
  resource: "BackupVault",
  title: "Cross-region restore stays on once anything is protected",
  summary:
    `${because} Removing the argument means Disabled. Azure does not say whether protection began with it enabled, ` +
    "so any backup instance counts, a soft-deleted one too.",
  instead: "Keep Enabled, or create another vault without it for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.crossRegionRestoreOff,
  needs: ["protection", "deleted", "vault"],
  states: crossRegionRestore,
  judge: (change) => judgeWhileEmpty(crossRegionRestore, change, because),
};
