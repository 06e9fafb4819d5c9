import { crossRegionRestore } from "./crossRegionRestore.js";
import { datastoreType } from "./datastore.js";
import { becomesEncrypted, isApplied, isEncrypted, keyFromTo } from "./encryption.js";
import { factValue, fromTo, undecided, when } from "./findings.js";
import type { Rule, RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { stateOf } from "./stateMachine.js";
import type { VaultOf } from "./transition.js";
import { openFacts, unreadableOf, unreadableText } from "./undecided.js";
import { firstFew } from "./wording.js";

// What a customer-managed key does not cover.

const tierReason =
  "The key encrypts the vault tier and the archive tier, and this vault has only the operational tier.";

const operationalTier: Rule<"BackupVault"> = {
  code: "cmk-operational-tier",
  topic: "keyCoverage",
  resource: "BackupVault",
  title: "The key does not encrypt the operational tier",
  summary: "A customer-managed key encrypts the vault tier and the archive tier, not the operational tier.",
  remediation: "Encrypt the snapshots where they are stored, or omit `encryption`.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace" || stateOf(datastoreType, after) !== "OperationalStore") return [];
    const finding = { decision: "warn", ...keyFromTo(change), reason: tierReason } as const;
    return when(becomesEncrypted(before, after), finding, change);
  },
};

const workloadFacts = ["protectedItems", "containers"] as const;

const unsupportedWorkload: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-unsupported-workload",
  topic: "keyCoverage",
  resource: "RecoveryServicesVault",
  title: "What a customer-managed key does not cover",
  summary: "A vault with a customer-managed key does not support the MARS agent and classic virtual machines.",
  remediation: "Back these up in a vault without a customer-managed key.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: workloadFacts,
  judge: (change) => {
    const { operation, facts } = change;
    // A new vault has nothing yet.
    if (operation !== "change" || isApplied(change) !== "yes") return [];
    const items = (factValue(facts.protectedItems) ?? []).filter(
      ({ managementType, type }) => isMars(managementType) || /ClassicCompute/i.test(type ?? ""),
    );
    const servers = (factValue(facts.containers) ?? []).filter(({ managementType }) => isMars(managementType));
    const names = [...items, ...servers].map(({ name }) => name).sort();
    if (names.length > 0) {
      const reason = `Azure does not support the key for the MARS agent and classic virtual machines, and the vault has ${firstFew(names)}.`;
      return [{ decision: "warn", ...keyFromTo(change), reason }];
    }
    const open = openFacts(facts, workloadFacts);
    if (!open) return [];
    if (workloadFacts.some((name) => facts[name] === undefined)) return [undecided(keyFromTo(change), open)];
    const reason = `Whether the vault has anything that the key does not cover was not checked, because ${unreadableText(facts, unreadableOf(facts, workloadFacts))}`;
    return [{ decision: "warn", ...keyFromTo(change), reason }];
  },
};

const isMars = (managementType: string | undefined) => managementType?.toUpperCase() === "MAB";

const withCrossRegionRestore: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-with-crr",
  topic: "keyCoverage",
  resource: "RecoveryServicesVault",
  title: "A customer-managed key and cross-region restore",
  summary:
    "Microsoft's page says that a vault with a customer-managed key does not support cross-region restore; others report " +
    "that it now does. So it is a warning.",
  remediation: "If Azure refuses it, choose one of the two.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace" || !hasBoth(after) || (before && hasBoth(before))) return [];
    const reason =
      "Microsoft's page says that a customer-managed key and cross-region restore cannot be combined; others report that they now can.";
    return [{ decision: "warn", ...fromTo(crossRegionRestore.RecoveryServicesVault, change), reason }];
  },
};

const hasBoth = (vault: VaultOf<"RecoveryServicesVault">): boolean =>
  isEncrypted(vault, "unknownDesired") === "yes" &&
  stateOf(crossRegionRestore.RecoveryServicesVault, vault) === "Enabled";

export const keyCoverageRules: RulesByKind = {
  BackupVault: [operationalTier],
  RecoveryServicesVault: [unsupportedWorkload, withCrossRegionRestore],
};
