import { ends, factValue, judgeMove, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { relaxed, type StateMachine } from "../stateMachine.js";
import { openFacts } from "../undecided.js";

export const redundancy: StateMachine = {
  property: "redundancy",
  read: (vault) => vault.redundancy,
  // Azure documents no default for the REST API, so leaving it out is a change like any other.
  whenAbsent: "unset",
  moves: { LocallyRedundant: [], ZoneRedundant: [], GeoRedundant: [], unset: [] },
  conditional: {
    // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
    when: "the vault's storageTypeState is Unlocked",
    moves: {
      LocallyRedundant: ["ZoneRedundant", "GeoRedundant", "unset"],
      ZoneRedundant: ["LocallyRedundant", "GeoRedundant", "unset"],
      GeoRedundant: ["LocallyRedundant", "ZoneRedundant", "unset"],
      unset: ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    },
  },
  noWayBack: [],
};

const because = "Storage redundancy is locked when the first machine is registered with a vault.";

export const rsvRedundancyAfterRegistration: Rule = {
  code: "rsv-redundancy-after-registration",
  resource: "RecoveryServicesVault",
  title: "Redundancy is fixed once anything is registered",
  summary: `${because} The vault's storageTypeState tells: Locked or Unlocked.`,
  instead: "Keep the redundancy, and create another vault with the wanted one for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCreate,
  needs: ["storageTypeState", "vault"],
  states: redundancy,
  judge(change) {
    const whileLocked = judgeMove(redundancy, change, because);
    const whileUnlocked = judgeMove(relaxed(redundancy), change, because);
    // The lock is asked for only where it makes a difference.
    if (whileLocked.length === whileUnlocked.length) return whileUnlocked;
    const state = factValue(change.facts.storageTypeState);
    if (state?.toLowerCase() === "unlocked") return whileUnlocked;
    if (state?.toLowerCase() === "locked") return whileLocked;
    const open = openFacts(change.facts, ["storageTypeState"]) ?? {
      because: `This version does not know ${String(state)} as a storageTypeState.`,
      instead: this.instead,
    };
    return [undecided(ends(redundancy, change), open)];
  },
};
