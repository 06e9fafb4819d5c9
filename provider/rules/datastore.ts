import { unknown } from "../vaults/ruleVault.js";
import { fromTo, undecided, unrecognized, when } from "./findings.js";
import { isOther } from "./replacement.js";
import type { Rule } from "./rule.js";
import { reports, sources } from "./sources.js";
import { isUnrecognized, type StateMachine, stateOf } from "./stateMachine.js";
import { truthOf } from "./truth.js";

/** A vault never goes from one to another: that is a replacement. The table only says which there are. */
export const datastoreType: StateMachine<"BackupVault"> = {
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

const changed: Rule<"BackupVault"> = {
  code: "datastore-type-changed",
  topic: "datastore",
  resource: "BackupVault",
  title: "Another datastore type means another vault",
  summary: "Changing the datastore type replaces the vault. `vault-replaced` decides whether that is refused.",
  remediation: "Keep `datastoreType`, or add another vault to the program.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermVault,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (operation !== "replace" || !before || !after || isOther("datastoreType", before, after) !== "yes") return [];
    const reason = "The datastore type of an existing vault is not known to be changeable.";
    return [{ decision: "warn", ...fromTo(datastoreType, change), reason }];
  },
};

const snapshotStore: Rule<"BackupVault"> = {
  code: "datastore-snapshot-store",
  topic: "datastore",
  resource: "BackupVault",
  title: "SnapshotStore is not a vault's datastore type",
  summary: "Azure's specification does not list SnapshotStore among a vault's datastore types, and Azure rejects it.",
  remediation: "Use VaultStore. Snapshots are kept in OperationalStore.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: [],
  judge: (change) => {
    const { operation, after } = change;
    if (operation !== "create" || !after) return [];
    const store = stateOf(datastoreType, after);
    const where = fromTo(datastoreType, change);
    const reason = "A vault's datastore type is ArchiveStore, OperationalStore or VaultStore.";
    if (store === unknown) return when("unknownDesired", { decision: "refuse", ...where, reason }, change);
    if (store.toLowerCase() === "snapshotstore") return [{ decision: "refuse", ...where, reason }];
    return isUnrecognized(datastoreType, store) ? [undecided(where, unrecognized(datastoreType))] : [];
  },
};

const reason = "Azure rejects a new vault whose only datastore is ArchiveStore; it needs VaultStore as well.";

const archiveStoreAlone: Rule<"BackupVault"> = {
  code: "datastore-archive-store-alone",
  topic: "datastore",
  resource: "BackupVault",
  title: "ArchiveStore needs VaultStore",
  summary: reason,
  remediation: "Use VaultStore.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.archiveStoreAlone,
  needs: [],
  judge: (change) => {
    const { operation, after } = change;
    if (operation !== "create" || !after) return [];
    const store = stateOf(datastoreType, after);
    const truth = store === unknown ? "unknownDesired" : truthOf(store.toLowerCase() === "archivestore");
    return when(truth, { decision: "refuse", ...fromTo(datastoreType, change), reason }, change);
  },
};

export const datastoreRules: readonly Rule<"BackupVault">[] = [changed, snapshotStore, archiveStoreAlone];
