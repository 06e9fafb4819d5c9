import { ends, strange, undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isStrange, type StateMachine, stateOf } from "../stateMachine.js";
import { unknown } from "../vault.js";

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
  noWayBack: [],
};

export const datastoreSnapshotStore: Rule = {
  code: "datastore-snapshot-store",
  resource: "BackupVault",
  title: "No vault has a snapshot store",
  summary: "Azure's specification has no SnapshotStore among a vault's datastore types, and Azure rejects it.",
  instead: "Use VaultStore; snapshots lie in OperationalStore.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: [],
  judge(change) {
    const { operation, after } = change;
    if (operation !== "create" || !after) return [];
    const store = stateOf(datastoreType, after);
    const where = ends(datastoreType, change);
    const because = "A vault's datastore is ArchiveStore, OperationalStore or VaultStore.";
    if (store === unknown) return when("after", { decision: "refuse", ...where, because }, change);
    if (store.toLowerCase() === "snapshotstore") return [{ decision: "refuse", ...where, because }];
    return isStrange(datastoreType, store) ? [undecided(where, strange(datastoreType))] : [];
  },
};
