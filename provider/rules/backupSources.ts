import { type DependencyFinding, type DependencyRule, readVaults, type VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import { withoutLock } from "./removedProtection.js";
import { sources } from "./sources.js";
import { ended, firstFew, listed } from "./wording.js";

/** A backup instance or protected item of something in a storage account. */
export interface BackedUp {
  name: string;
  vault: VaultName;
}

/** What is backed up of a storage account that is deleted, or by a cluster into it, by where the backups are. */
export interface DeletedSource extends MoreSources {
  /** In the account itself. */
  inAccount: readonly BackedUp[];
  /** That is not known. */
  perhaps: readonly BackedUp[];
  /** Of clusters. The preview hides whether they are in what is deleted. */
  hidden: readonly BackedUp[];
  /** In the vault. */
  inVault: readonly BackedUp[];
  /** It goes with its resource group. */
  isInGroup: boolean;
  /** Only clusters are backed up into it. */
  isOfClusters: boolean;
}

interface MoreSources {
  /** Why more may be backed up, which was not read. */
  unread: string | undefined;
}

export const notChecked = (unread: string | undefined): DependencyFinding[] =>
  unread === undefined
    ? []
    : [
        {
          decision: "warn",
          reason: `Whether this is backed up was not checked: ${ended(unread)}`,
          remediation: readVaults,
        },
      ];

const shared = { decision: "warn", evidence: "microsoft", overridable: false } as const;

export const sourceDeleted: DependencyRule<DeletedSource> = {
  ...shared,
  code: "backup-storage-account-deleted",
  title: "A storage account with operational backups is not deleted",
  summary:
    "Operational backups of blobs, and the snapshots that are the backups of file shares, are kept in the storage account that they " +
    "are of, not in the vault. Those of AKS clusters are in a container of blobs that the backup extension of the cluster names, next " +
    "to the snapshots of its disks. Deleting or replacing this account or container, or the resource group, deletes them, and neither soft " +
    "delete of the vault nor its immutability covers them. Backups that were copied into the vault are kept.",
  remediation:
    "Keep the storage account. To give it up, delete its backup instance or protected items first, in a run of their own.",
  decision: "refuse",
  source: sources.operationalBlobs,
  needs: ["vaults", "protection", "protectedItems"],
  judge({ inAccount, perhaps, hidden, inVault, isInGroup, isOfClusters, unread }) {
    const where = isInGroup ? "A storage account in it" : "It";
    if (inAccount[0]) {
      const reason = `${where} holds the backups of ${named(inAccount)}. They would be deleted with it.`;
      const source = isOfClusters ? sources.clusterPrerequisites : sources.operationalBlobs;
      return [{ decision: "refuse", vault: inAccount[0].vault.kind, reason, source }];
    }
    if (perhaps[0]) {
      const reason = `${where} is backed up by ${named(perhaps)}, and whether the backups are in it is not known.`;
      return [{ decision: "undecided", vault: perhaps[0].vault.kind, reason, remediation: readVaults }];
    }
    if (hidden[0]) {
      const reason = `The preview hides where the backups of ${named(hidden)} are. If they are in it, they would be deleted with it.`;
      const source = sources.clusterPrerequisites;
      return [{ decision: "undecided", vault: hidden[0].vault.kind, reason, remediation: readVaults, source }];
    }
    if (unread !== undefined) {
      const reason = `Whether ${isInGroup ? "a storage account in it" : "it"} holds backups is not known: ${ended(unread)}`;
      return [{ decision: "undecided", reason, remediation: readVaults }];
    }
    if (!inVault[0]) return [];
    const reason = `${where} is backed up by ${named(inVault)}. The backups in the vault are kept, but no more would be made.`;
    return [{ decision: "warn", vault: inVault[0].vault.kind, reason }];
  },
};

/** A container of blobs or a file share that is deleted. */
export interface DeletedPart extends MoreSources {
  what: "container" | "share";
  backedUp: readonly BackedUp[];
  /** What backs up its storage account, and perhaps it as well. */
  perhaps: readonly BackedUp[];
  /** All of its backups are in the vault. */
  isInVault: boolean;
}

export const sourcePartDeleted: DependencyRule<DeletedPart> = {
  ...shared,
  code: "backup-source-deleted",
  title: "A container of blobs or a file share that is backed up is deleted",
  summary:
    "Operational backup does not restore a container that was deleted. The snapshots of a file share, which are its backups, are deleted " +
    "with the share. Only soft delete of the storage account keeps both for a while; Azure Backup enables that of file shares for 14 days.",
  remediation:
    "Continue only if soft delete of containers or file shares is on in the storage account, or the backups are no longer needed.",
  source: sources.blobLimitations,
  needs: ["vaults", "protection", "protectedItems"],
  judge({ what, backedUp, perhaps, isInVault, unread }) {
    const [first] = backedUp;
    if (!first) {
      const reason = `Its storage account is backed up by ${named(perhaps)}. Whether this ${what} is backed up is not known.`;
      return perhaps[0] ? [{ decision: "warn", vault: perhaps[0].vault.kind, reason }] : notChecked(unread);
    }
    const lost =
      what === "container"
        ? "Operational backup does not restore a deleted container; only its soft delete does."
        : "Its snapshots, which are its backups, go with it. Only soft delete of file shares keeps them, for 14 days by default.";
    const then = isInVault ? "The backups in the vault are kept, but no more would be made." : lost;
    const reason = `It is backed up by ${named(backedUp)}. ${then}`;
    const source = what === "container" ? sources.blobLimitations : sources.shareSoftDelete;
    return [{ decision: "warn", vault: first.vault.kind, reason, source }];
  },
};

/** What backups need of their storage account, and would no longer have. */
export interface WeakenedSource extends MoreSources {
  /** Its backups are in the account. */
  backedUp: readonly BackedUp[];
  /** In words, what these need. */
  changes: readonly string[];
  /** Its backups go into the vault by object replication. */
  vaulted: readonly BackedUp[];
  /** In words, what replication needs. */
  stopping: readonly string[];
  /** Clusters are backed up into it. */
  clusters: readonly BackedUp[];
  /** The preview hides into which storage account, which may be this one. */
  isHidden: boolean;
  /** In words, what rules delete of that. */
  deleted: readonly string[];
}

export const sourceWeakened: DependencyRule<WeakenedSource> = {
  ...shared,
  code: "backup-source-weakened",
  title: "What backups need is switched off in the storage account that they are of",
  summary:
    "Operational backup of blobs is point-in-time restore, which needs blob versioning, the change feed and soft delete of blobs; Azure " +
    "Backup enables them. Without one of them, or with a lifecycle rule that deletes versions, blobs cannot be restored to an earlier " +
    "state. Soft delete of containers and of file shares is what keeps those that are deleted. Vaulted backups of blobs are copied by " +
    "object replication, which needs versioning and the change feed. Backups of AKS clusters are blobs in a container, which a lifecycle " +
    "rule that deletes blobs deletes as well.",
  remediation: "Keep these settings as Azure Backup has set them for as long as the storage account is backed up.",
  source: sources.operationalBlobs,
  needs: ["vaults", "protection", "protectedItems"],
  judge({ backedUp, changes, vaulted, stopping, clusters, isHidden, deleted, unread }) {
    const ofAccount = backedUp[0] && changes.length > 0 ? backedUp[0] : undefined;
    const reason = `The backups of ${named(backedUp)} are in this storage account. This would change what they need: ${listed(changes)}.`;
    const ofVault = vaulted[0] && stopping.length > 0 ? vaulted[0] : undefined;
    const copied =
      `Backups of ${named(vaulted)} go into the vault by object replication, which needs what this would change: ${listed(stopping)}. ` +
      "Without it, the next ones may fail. Backups that exist are kept.";
    const found: DependencyFinding[] = [
      ...(ofAccount ? [{ decision: "warn", vault: ofAccount.vault.kind, reason } as const] : []),
      ...(ofVault
        ? [{ decision: "warn", vault: ofVault.vault.kind, reason: copied, source: sources.objectReplication } as const]
        : []),
      ...judgeDeletedBlobs(clusters, isHidden, deleted),
    ];
    return found.length > 0 ? found : notChecked(unread);
  },
};

function judgeDeletedBlobs(
  clusters: readonly BackedUp[],
  isHidden: boolean,
  deleted: readonly string[],
): DependencyFinding[] {
  const [first] = clusters;
  if (!first) return [];
  const where = isHidden
    ? `The backups of ${named(clusters)} are blobs in a storage account that the preview hides. If it is this one, they may be lost:`
    : `The backups of ${named(clusters)} are blobs in this storage account.`;
  const reason = `${where} ${isHidden ? "a" : "A"} lifecycle rule would delete ${listed(deleted)}.`;
  const remediation =
    "Leave the container with the backups out of the rule, by the prefixes of the others. Azure Backup deletes what its policy no longer keeps.";
  return [{ decision: "warn", vault: first.vault.kind, reason, remediation, source: sources.lifecycleDeletion }];
}

/** A backup extension of a cluster. */
export interface ChangedExtension extends MoreSources {
  /** What is backed up by it, and goes on being so. */
  backedUp: readonly BackedUp[];
  /** Whether it is one is known. */
  isSure: boolean;
  /** It is deleted, and not there again after the run. */
  isGone: boolean;
  /** Where its backups are now: a storage account, and a container in it. Unless it is gone, the next ones would not be there. Absent: not known. */
  place?: string;
  /** Where they would be is not known yet. */
  isOpen: boolean;
  /** It is replaced, and the identity of the new one needs a role again on this storage account, which the run does not assign. */
  roleNeededOn?: string;
}

export const extensionChanged: DependencyRule<ChangedExtension> = {
  ...shared,
  code: "backup-extension-changed",
  title: "The backup extension of a cluster that is backed up is removed, replaced, or given another storage location",
  summary:
    "Azure Backup backs up and restores an AKS cluster through the backup extension in it, which keeps backups in a container of blobs. " +
    "Without the extension, backups and restores fail. With another container or storage account, new backups are there, and those " +
    "that exist are where they were. An extension that replaces another has an identity of its own, which needs the role Storage Blob Data " +
    "Contributor on the storage account.",
  remediation: "Keep the extension and its storage location for as long as the cluster is backed up.",
  source: sources.clusterPrerequisites,
  needs: ["vaults", "protection"],
  judge({ backedUp, isSure, isGone, place, isOpen, roleNeededOn, unread }) {
    const [first] = backedUp;
    if (!first) return notChecked(unread);
    if (!isSure || (place === undefined && !isGone)) {
      const what = isSure ? "where its backups are" : "whether this extension is the one for backups";
      const reason = `The cluster is backed up: ${named(backedUp)}. The preview does not show ${what}, so what this would change is not known.`;
      return [{ decision: "undecided", vault: first.vault.kind, reason }];
    }
    if (roleNeededOn !== undefined) {
      const reason =
        `A cluster is backed up through it: ${named(backedUp)}. The new extension has another identity: backups and restores fail until ` +
        `that has the role Storage Blob Data Contributor on the storage account ${roleNeededOn}.`;
      const remediation = "Keep the extension, or assign the role to the identity of the new one in the same run.";
      return [{ decision: "warn", vault: first.vault.kind, reason, remediation }];
    }
    const then = isOpen ? "where new ones would be is only known during `pulumi up`" : "new ones would be elsewhere";
    const what = isGone ? "Without it, backups and restores fail." : `Backups that exist are in ${place}, and ${then}.`;
    const reason = `A cluster is backed up through it: ${named(backedUp)}. ${what}`;
    return [{ decision: "warn", vault: first.vault.kind, reason }];
  },
};

/** A lock on a storage account. */
export interface UnlockedSource extends MoreSources {
  backedUp: readonly BackedUp[];
  /** Azure Backup itself has set it. */
  isOfBackup: boolean;
}

export const sourceUnlocked: DependencyRule<UnlockedSource> = {
  ...shared,
  code: "backup-storage-account-lock-removed",
  title: "A lock that protects a storage account with backups is removed",
  summary:
    "Azure Backup sets a lock, `AzureBackupProtectionLock`, on a storage account whose blobs or file shares it backs up, because the " +
    "deletion of the account deletes its operational backups. So does a lock on its resource group or subscription.",
  remediation: "Continue only if the storage account no longer needs this protection.",
  source: sources.operationalBlobs,
  needs: ["vaults", "protection", "protectedItems"],
  judge({ backedUp, isOfBackup, unread }) {
    const [first] = backedUp;
    if (!first && !isOfBackup) return notChecked(unread);
    const what = first ? `with the backups of ${named(backedUp)}` : "that Azure Backup has locked";
    const reason = `${withoutLock} a storage account ${what} can be deleted.`;
    return [{ decision: "warn", vault: first?.vault.kind, reason }];
  },
};

/** `disk in Backup vault "a", share in Recovery Services vault "b" and 3 more` */
export const named = (all: readonly BackedUp[]): string =>
  firstFew(all.map(({ name, vault }) => `${name} in ${vaultsNamed([vault])}`).sort());
