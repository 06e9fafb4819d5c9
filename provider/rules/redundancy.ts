import { unknown } from "../vaults/ruleVault.js";
import { instances } from "./contents.js";
import { factValue, judgeConditional } from "./findings.js";
import { regionOf } from "./identities.js";
import type { Rule, RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import type { StateMachine } from "./stateMachine.js";
import { openFacts } from "./undecided.js";
import { shown, unended } from "./wording.js";

/**
 * The redundancy of a vault of either kind: free under a condition, and else fixed.
 *
 * @param whenAbsent `unset`: Azure documents no default, so leaving it out is a change like any other
 */
function redundancyFreeWhile(when: string, whenAbsent: "GeoRedundant" | "unset"): StateMachine {
  const states = [...new Set(["LocallyRedundant", "ZoneRedundant", "GeoRedundant", whenAbsent])];
  const movesTo = (to: (state: string) => string[]) => Object.fromEntries(states.map((state) => [state, to(state)]));
  return {
    property: "redundancy",
    read: (vault) => vault.redundancy,
    whenAbsent,
    moves: movesTo(() => []),
    conditional: { when, moves: movesTo((state) => states.filter((each) => each !== state)) },
    terminalStates: [],
  };
}

export const redundancy = {
  // "Storage redundancy cannot be changed after protecting items to the vault":
  // https://learn.microsoft.com/azure/backup/create-manage-backup-vault (checked 2026-11)
  BackupVault: redundancyFreeWhile("the vault holds no backup instances", "unset"),
  // A vault that is created without redundancy, with cross-region restore too, is GeoRedundant:
  // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
  RecoveryServicesVault: redundancyFreeWhile("the vault's storageTypeState is Unlocked", "GeoRedundant"),
};

const remediation = "Keep `redundancy`, and create another vault with the redundancy you need for new backups.";

const protectedReason = "Storage redundancy cannot be changed once a vault has protected anything.";

const afterProtection: Rule<"BackupVault"> = {
  code: "redundancy-after-protection",
  topic: "redundancy",
  resource: "BackupVault",
  title: "Redundancy is fixed once anything is protected",
  summary:
    `${protectedReason} The redundancy of an empty vault can be changed. Soft-deleted backup instances count too, which ` +
    "is inferred: they still hold data.",
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.manage,
  needs: ["protection", "deleted", "vault"],
  states: redundancy.BackupVault,
  judge: (change) =>
    judgeConditional(redundancy.BackupVault, change, protectedReason, () => {
      const holds = instances(change.facts);
      if (holds.is === "empty") return { is: "met" };
      if (holds.is === "open") return holds;
      const reason = `${unended(protectedReason)}, and this vault holds ${holds.text}.`;
      // That soft-deleted instances count is inferred from the data that they still hold.
      return { is: "unmet", override: { reason, ...(holds.onlyDeleted && { evidence: "community" }) } };
    }),
};

const registeredReason = "Storage redundancy is locked when the first machine is registered with a vault.";

const afterRegistration: Rule<"RecoveryServicesVault"> = {
  code: "rsv-redundancy-after-registration",
  topic: "redundancy",
  resource: "RecoveryServicesVault",
  title: "Redundancy is fixed once anything is registered",
  summary: `${registeredReason} The vault's storageTypeState shows whether it is: Locked or Unlocked.`,
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCreate,
  needs: ["storageTypeState", "vault"],
  states: redundancy.RecoveryServicesVault,
  judge: (change) =>
    judgeConditional(redundancy.RecoveryServicesVault, change, registeredReason, () => {
      const state = factValue(change.facts.storageTypeState);
      if (state?.toLowerCase() === "unlocked") return { is: "met" };
      if (state?.toLowerCase() === "locked") return { is: "unmet" };
      const open = openFacts(change.facts, ["storageTypeState"]) ?? {
        reason: `This version does not recognize ${String(state)} as a storageTypeState.`,
      };
      return { is: "open", open };
    }),
};

const regionsReason = "Azure would no longer replicate the vault's backups to these regions.";

const regionsRemoved: Rule<"BackupVault"> = {
  code: "replicated-regions-removed",
  topic: "redundancy",
  resource: "BackupVault",
  title: "Fewer regions to replicate to",
  summary:
    "A vault's `replicatedRegions` are the regions that have a copy of its backups. A write without one of them may drop it.",
  remediation: "Keep the regions in `replicatedRegions` unless backups should no longer be replicated to them.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: sources.vault,
  needs: [],
  judge: ({ operation, before, after }) => {
    const [from, to] = [before?.replicatedRegions, after?.replicatedRegions];
    if (operation !== "change" || !Array.isArray(from) || !Array.isArray(to) || to.includes(unknown)) return [];
    const kept = to.map((region) => regionOf(String(region)));
    const removed = from.filter((region) => typeof region === "string" && !kept.includes(regionOf(region)));
    if (removed.length === 0) return [];
    const shownRegions = (regions: typeof from) =>
      regions
        .map((region) => shown(region))
        .sort()
        .join(", ") || "none";
    const where = { property: "replicatedRegions", from: shownRegions(from), to: shownRegions(to) };
    return [{ decision: "warn", ...where, reason: regionsReason }];
  },
};

export const redundancyRules: RulesByKind = {
  BackupVault: [afterProtection, regionsRemoved],
  RecoveryServicesVault: [afterRegistration],
};
