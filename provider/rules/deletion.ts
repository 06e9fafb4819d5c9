import { unknown } from "../vaults/ruleVault.js";
import { isSecuredByDefault } from "./apiVersion.js";
import { containersText, contents, itemsText, named } from "./contents.js";
import type { Instance } from "./facts.js";
import { factValue, openValue, undecided, when, wholeVault } from "./findings.js";
import type { Rule } from "./rule.js";
import { sources } from "./sources.js";
import { not } from "./truth.js";
import { openFacts, unreadableText } from "./undecided.js";
import { counted, firstFew } from "./wording.js";

// What a vault holds that keeps it from being deleted, or stays behind. Immutability and the key: deletionLocked.ts, deletionKey.ts.

const keepAtAzure =
  "To keep the vault in Azure instead, set `retainOnDelete: true` on the resource, run `pulumi up`, and only then remove it from the program.";

export const withInstances: Rule<"BackupVault"> = {
  code: "delete-with-instances",
  topic: "deletion",
  resource: "BackupVault",
  title: "A vault with backup instances is not deleted",
  summary: "Azure does not delete a vault that holds backup instances.",
  remediation: `Stop protection and delete the backup data of each instance, then delete the backup policies, then the vault. ${keepAtAzure}`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["protection"],
  judge: ({ operation, facts }) => {
    if (operation !== "delete") return [];
    const open = openFacts(facts, ["protection"]);
    if (open) return [undecided(wholeVault, open)];
    const instances = factValue(facts.protection) ?? [];
    if (instances.length === 0) return [];
    const reason = `It holds ${counted(instances.length, "backup instance")}: ${named(instances)}.`;
    return [{ decision: "refuse", ...wholeVault, reason }];
  },
};

export const withSoftDeleted: Rule<"BackupVault"> = {
  code: "delete-with-soft-deleted",
  topic: "deletion",
  resource: "BackupVault",
  title: "Soft-deleted backup instances keep an older vault",
  summary:
    "With api-versions before 2025-09-01, and outside the regions where secure by default is generally available, Azure " +
    "deletes a vault only when it is completely empty. Otherwise soft-deleted backup instances are deleted with the vault, " +
    "which becomes soft-deleted itself.",
  remediation:
    "Wait until their retention has ended and Azure has purged them, then delete the backup policies and the vault.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["deleted", "vault"],
  judge: (change) => {
    const { operation, before, apiVersion, facts } = change;
    if (operation !== "delete" || !before) return [];
    const isBlocking = not(isSecuredByDefault(apiVersion, before, "unknownCurrent"));
    if (isBlocking === "no") return [];
    const open = openFacts(facts, ["deleted"]);
    if (open) return [undecided(wholeVault, open)];
    const instances = factValue(facts.deleted) ?? [];
    if (instances.length === 0) return [];
    const reason = `It holds ${counted(instances.length, "soft-deleted backup instance")}: ${named(instances)}.`;
    return when(isBlocking, { decision: "refuse", ...wholeVault, reason }, change);
  },
};

export const withPolicies: Rule<"BackupVault"> = {
  code: "delete-with-policies",
  topic: "deletion",
  resource: "BackupVault",
  title: "Backup policies are deleted with the vault",
  summary:
    "Microsoft's page asks for a vault's backup policies to be deleted before the vault. In Microsoft's own recordings " +
    "Azure deletes a vault that has policies and nothing else, so it is a warning.",
  remediation: "If Azure refuses it, delete the backup policies before the vault.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.manage,
  needs: ["policies"],
  judge: ({ operation, facts }) => {
    if (operation !== "delete") return [];
    const open = openFacts(facts, ["policies"]);
    if (open && facts.policies === undefined) return [undecided(wholeVault, open)];
    if (open) {
      const reason = `Whether backup policies stand in the way was not checked, because ${unreadableText(facts, ["policies"])}`;
      return [{ decision: "warn", ...wholeVault, reason }];
    }
    const policies = factValue(facts.policies) ?? [];
    if (policies.length === 0) return [];
    const names = firstFew([...policies].sort());
    const reason = `It has ${counted(policies.length, "backup policy", "backup policies")}, which would be deleted with it: ${names}.`;
    return [{ decision: "warn", ...wholeVault, reason }];
  },
};

/** https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11) */
const operational = ["microsoft.compute/disks", "microsoft.storage/storageaccounts/blobservices"];

export const operationalBackupsLeft: Rule<"BackupVault"> = {
  code: "operational-backups-left",
  topic: "deletion",
  resource: "BackupVault",
  title: "Operational backups stay behind",
  summary: "Operational backups of disks and blobs are stored next to their source and are not deleted with the vault.",
  remediation: "Afterwards, delete the snapshots and the blobs' point-in-time data yourself.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["protection", "deleted"],
  judge: ({ operation, facts }) => {
    if (operation !== "delete") return [];
    // Active instances are asked for by delete-with-instances.
    const open = openFacts(facts, ["deleted"]);
    if (open && facts.deleted === undefined) return [undecided(wholeVault, open)];
    if (open) {
      const reason = `Whether operational backups stay behind was not checked, because ${unreadableText(facts, ["deleted"])}`;
      return [{ decision: "warn", ...wholeVault, reason }];
    }
    const instances = [...(factValue(facts.protection) ?? []), ...(factValue(facts.deleted) ?? [])].filter(isLeft);
    if (instances.length === 0) return [];
    return [
      {
        decision: "warn",
        ...wholeVault,
        reason: `Operational backups are not deleted with the vault: ${named(instances)}.`,
      },
    ];
  },
};

const isLeft = ({ datasourceType, dataStoreTypes }: Instance): boolean =>
  operational.includes(datasourceType?.toLowerCase() ?? "") &&
  (dataStoreTypes === undefined || dataStoreTypes.some((type) => type.toLowerCase() === "operationalstore"));

export const notEmpty: Rule<"RecoveryServicesVault"> = {
  code: "rsv-delete-not-empty",
  topic: "deletion",
  resource: "RecoveryServicesVault",
  title: "A vault is deleted only when it is empty",
  summary:
    "Azure does not delete a vault with protected items, registered storage accounts or servers, items that Site " +
    "Recovery replicates, or private endpoints. Soft-deleted items are deleted with the vault.",
  remediation: `Stop protection and delete the backup data of each item, unregister the storage accounts and servers, disable replication, delete the private endpoint connections, and then delete the vault. ${keepAtAzure}`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesDelete,
  needs: ["protectedItems", "containers", "replication", "vault"],
  judge: (change) => {
    const { operation, before, facts } = change;
    if (operation !== "delete") return [];
    const active = (factValue(facts.protectedItems) ?? []).filter(({ isSoftDeleted }) => !isSoftDeleted);
    const containers = factValue(facts.containers) ?? [];
    const { replicatedItems = 0, registeredServers = 0 } = factValue(facts.replication) ?? {};
    const connections = before?.privateEndpoints ?? [];
    const endpoints = connections === unknown ? [] : [...connections].sort();
    // In the order in which to clear them.
    const texts = [
      active.length > 0 && itemsText(active),
      containers.length > 0 && containersText(containers),
      replicatedItems > 0 &&
        counted(replicatedItems, "item replicated by Site Recovery", "items replicated by Site Recovery"),
      registeredServers > 0 &&
        counted(registeredServers, "server registered with Site Recovery", "servers registered with Site Recovery"),
      endpoints.length > 0 && `${counted(endpoints.length, "private endpoint connection")}: ${firstFew(endpoints)}`,
    ].filter((text) => text !== false);
    const holds = contents(facts, texts, ["protectedItems", "containers", "replication"]);
    if (holds.is === "empty") {
      const open = () => openValue("unknownCurrent", "privateEndpoints", change);
      return connections === unknown ? [undecided(wholeVault, open())] : [];
    }
    if (holds.is === "open") return [undecided(wholeVault, holds.open)];
    const reason = `It has ${holds.text}.`;
    if (!change.deletesItems || active.length === 0) return [{ decision: "refuse", ...wholeVault, reason }];
    return [
      {
        decision: "refuse",
        ...wholeVault,
        reason: `${reason} Azure deletes no such vault, but this deletion is set to delete the items with their backups first.`,
        remediation: `To have Azure refuse it while the vault has items, turn that setting off. ${keepAtAzure}`,
      },
    ];
  },
};
