import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { truthOf } from "../truth.js";
import { datastoreType } from "./datastoreSnapshotStore.js";

export const datastoreArchiveStoreAlone: Rule = {
  code: "datastore-archive-store-alone",
  resource: "BackupVault",
  title: "No vault has an archive store only",
  summary: "Azure rejects a new vault whose only datastore is an ArchiveStore: it needs a VaultStore, too.",
  remediation: "Use VaultStore.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.archiveStoreAlone,
  needs: [],
  judge(change) {
    const { operation, after } = change;
    if (operation !== "create" || !after) return [];
    const store = stateOf(datastoreType, after);
    const truth = store === unknown ? "after" : truthOf(store.toLowerCase() === "archivestore");
    const reason = "Azure rejects a vault whose only datastore is an ArchiveStore: it needs a VaultStore, too.";
    return when(truth, { decision: "refuse", ...fromTo(datastoreType, change), reason }, change);
  },
};
