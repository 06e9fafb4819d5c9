import { type BackedUp, named, notChecked } from "./backupSources.js";
import { type DependencyFinding, type DependencyRule, readVaults } from "./dependency.js";
import { instances, type SnapshotOwner, type SnapshotOwners } from "./snapshotGroup.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** What a lock prevents. `unknown`: the preview does not show it. */
export type LockLevel = "CanNotDelete" | "ReadOnly" | "unknown";

/**
 * How it is known that a lock is on restore points. `above`: it is on a subscription in which machines are backed up.
 * Undefined: it is not known to be.
 */
export type LockedRestorePoints = SnapshotOwners["restorePoints"] | "above";

const shared = {
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.locks,
} as const;

const onRestorePoints: Record<NonNullable<LockedRestorePoints>, string> = {
  listed: "It is on the resource group in which Azure Backup keeps restore points of virtual machines.",
  named: "By its name, it is on the resource group in which Azure Backup keeps restore points of virtual machines.",
  above:
    "It is also on the resource groups of this subscription in which Azure Backup keeps restore points of virtual machines.",
};

export const backupGroupLocked: DependencyRule<LockedRestorePoints | undefined> = {
  ...shared,
  code: "restore-point-group-locked",
  title: "The resource group with the restore points of virtual machines gets a lock",
  summary:
    "Azure Backup keeps instant restore points of virtual machines in a resource group of its own, `AzureBackupRG_...` unless the " +
    'policy names another, and deletes the old ones. Microsoft: "A cannot-delete lock on the resource group created by Azure Backup ' +
    "Service causes backups to fail. The service supports a maximum of 18 restore points. When locked, the backup service can't clean " +
    'up restore points." A read-only lock prevents the deletion of restore points as well, and the creation of new ones. A lock on the ' +
    "subscription is also one on this resource group.",
  remediation: "Do not lock this resource group. Lock the vault instead.",
  needs: [],
  judge(restorePoints) {
    if (restorePoints === undefined) return [];
    const reason = `${onRestorePoints[restorePoints]} Backups fail when it cannot delete old ones.`;
    return [{ decision: "warn", vault: "RecoveryServicesVault", reason }];
  },
};

export interface LockedSnapshots {
  level: LockLevel;
  /** The backup instances that keep their snapshots where the lock is. */
  owners: readonly SnapshotOwner[];
  /** Instances of which it is not known. */
  perhaps: readonly SnapshotOwner[];
  /** Why there may be more, which were not read. */
  unread: string | undefined;
}

const levelNotKnown = "Its level is not known.";

const onSnapshots: Record<LockLevel, string> = {
  CanNotDelete: "Azure Backup cannot delete snapshots there that have expired.",
  ReadOnly: "Azure Backup can neither create snapshots there nor delete those that have expired.",
  unknown: `${levelNotKnown} With \`ReadOnly\`, Azure Backup can create no snapshots there.`,
};

export const snapshotGroupLocked: DependencyRule<LockedSnapshots> = {
  ...shared,
  code: "snapshot-resource-group-locked",
  title: "The resource group with the snapshots of backup instances gets a lock",
  summary:
    "Operational backups of managed disks and AKS clusters are snapshots in a resource group that the backup instance names. Managed " +
    "identities create and delete them there. A lock applies to all identities, whatever their roles: `CanNotDelete` prevents the " +
    "deletion of snapshots that have expired, and `ReadOnly` also the creation of new ones. A lock on the subscription is also one on " +
    "this resource group.",
  remediation: "Do not lock this resource group. Lock the vault instead.",
  needs: ["vaults", "protection"],
  judge({ level, owners, perhaps, unread }) {
    const [owner, open] = [owners[0], perhaps[0]];
    if (owner) {
      const reason = `It locks the resource group with the snapshots of ${instances(owners)}. ${onSnapshots[level]}`;
      return [{ decision: "warn", vault: owner.vault.kind, reason }];
    }
    if (open) {
      const reason = `Whether it locks the resource group with the snapshots of ${instances(perhaps)} is not known.`;
      return [{ decision: "warn", vault: open.vault.kind, reason, remediation: readVaults }];
    }
    if (unread === undefined) return [];
    const reason = `Whether it locks snapshots of backup instances was not checked: ${ended(unread)}`;
    return [{ decision: "warn", reason, remediation: readVaults }];
  },
};

export interface ReadOnlySource {
  level: LockLevel;
  /** What is backed up of the storage accounts that it is on. */
  shares: readonly BackedUp[];
  blobs: readonly BackedUp[];
  /** Why more may be backed up, which was not read. */
  unread: string | undefined;
}

export const sourceReadOnly: DependencyRule<ReadOnlySource> = {
  ...shared,
  code: "backup-storage-account-read-only",
  title: "A storage account that is backed up gets a read-only lock",
  summary:
    'Microsoft: "A read-only lock on a storage account prevents users from listing the account keys." Backups of file shares need ' +
    "access by account key. The lock also prevents changes of the account's settings, role assignments on it, and POST requests, such as " +
    "the one that restores its blobs. A lock on its resource group or subscription is also one on the storage account.",
  remediation: "Use the level `CanNotDelete`, which also prevents the deletion of the storage account.",
  needs: ["vaults", "protection", "protectedItems"],
  judge({ level, shares, blobs, unread }) {
    const how = level === "ReadOnly" ? "It" : `${levelNotKnown} With \`ReadOnly\`, it`;
    const ofShares = "prevents listing the keys of the storage account, which backups of file shares need";
    const ofBlobs =
      "prevents changes of the storage account's settings, and POST requests, such as the one that restores its blobs";
    const found = [...finding(shares, `${how} ${ofShares}`), ...finding(blobs, `${how} ${ofBlobs}`)];
    return found.length > 0 ? found : notChecked(unread);
  },
};

function finding(backedUp: readonly BackedUp[], what: string): DependencyFinding[] {
  const [first] = backedUp;
  if (!first) return [];
  const reason = `${what}: the next backups or restores of ${named(backedUp)} may fail.`;
  return [{ decision: "warn", vault: first.vault.kind, reason }];
}
