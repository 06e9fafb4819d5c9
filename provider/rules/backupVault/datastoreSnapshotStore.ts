import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, undecided, unrecognized, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isUnrecognized, type StateMachine, stateOf } from "../stateMachine.js";

/** A vault never goes from one to another: that is a replacement. The table only says which there are. */
export const datastoreType: StateMachine = {
  property: "datastoreType",
  read: (vault) => vault.datastoreType,
  whenAbsent: "VaultStore",
  moves: {
    // https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (checked 2026-11)
    ArchiveStore: [],
    OperationalStore: [],
    VaultStore: [],
  },
  terminalStates: [],
};

export const datastoreSnapshotStore: Rule = {
  code: "datastore-snapshot-store",
  resource: "BackupVault",
  title: "No vault has a snapshot store",
  summary: "Azure's specification has no SnapshotStore among a vault's datastore types, and Azure rejects it.",
  remediation: "Use VaultStore; snapshots lie in OperationalStore.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: [],
  judge(change) {
    const { operation, after } = change;
    if (operation !== "create" || !after) return [];
    const store = stateOf(datastoreType, after);
    const where = fromTo(datastoreType, change);
    const reason = "A vault's datastore is ArchiveStore, OperationalStore or VaultStore.";
    if (store === unknown) return when("after", { decision: "refuse", ...where, reason }, change);
    if (store.toLowerCase() === "snapshotstore") return [{ decision: "refuse", ...where, reason }];
    return isUnrecognized(datastoreType, store) ? [undecided(where, unrecognized(datastoreType))] : [];
  },
};
