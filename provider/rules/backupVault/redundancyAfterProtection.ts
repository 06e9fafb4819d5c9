import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";
import { judgeWhileEmpty } from "./judgeWhileEmpty.js";

export const redundancy: StateMachine = {
  property: "redundancy",
  read: (vault) => vault.redundancy,
  // Azure documents no default for the REST API, so leaving it out is a change like any other.
  whenAbsent: "unset",
  moves: { LocallyRedundant: [], ZoneRedundant: [], GeoRedundant: [], unset: [] },
  conditional: {
    // "Storage redundancy cannot be changed after protecting items to the vault":
    // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
    when: "the vault holds no backup instance",
    moves: {
      LocallyRedundant: ["ZoneRedundant", "GeoRedundant", "unset"],
      ZoneRedundant: ["LocallyRedundant", "GeoRedundant", "unset"],
      GeoRedundant: ["LocallyRedundant", "ZoneRedundant", "unset"],
      unset: ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    },
  },
  noWayBack: [],
};

const because = "Storage redundancy cannot be changed once a vault has protected anything.";

export const redundancyAfterProtection: Rule = {
  code: "redundancy-after-protection",
  resource: "BackupVault",
  title: "Redundancy is fixed once anything is protected",
  summary: `${because} An empty vault's can be changed. Soft-deleted backup instances count, which is inferred: they still hold data.`,
  instead: "Keep the redundancy, and create another vault with the wanted one for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["protection", "deleted", "vault"],
  states: redundancy,
  judge: (change) => judgeWhileEmpty(redundancy, change, because),
};
