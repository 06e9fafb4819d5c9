import { type BackedUp, named } from "./backupSources.js";
import { type DependencyFinding, type DependencyRule, readVaults } from "./dependency.js";
import { sources } from "./sources.js";
import { counted, ended } from "./wording.js";

/** A backup instance. */
export type SnapshotOwner = BackedUp;

/** The backup instances that remain, and keep their snapshots in a resource group that is deleted. */
export interface SnapshotOwners {
  owners: readonly SnapshotOwner[];
  /** Instances of which it is not known. */
  perhaps: readonly SnapshotOwner[];
  /** Why there may be more that were not read. */
  unread?: string;
  /** How it is known that instant restore points of virtual machines are in it: Azure lists them, or the group's name says it. */
  restorePoints?: "listed" | "named";
}

export const snapshotGroupDeleted: DependencyRule<SnapshotOwners> = {
  code: "snapshot-resource-group-deleted",
  title: "A resource group with the snapshots of backup instances is not deleted",
  summary:
    "Operational backups of managed disks and AKS clusters are snapshots in a resource group that the backup instance names, " +
    "outside the vault. Deleting this group deletes these backups, and backup fails from then on. Instant restore points of virtual " +
    "machines are in a resource group of Azure Backup's own, `AzureBackupRG_...` unless the policy names another: recovery points that " +
    "are not in the vault yet are lost with it, which is a warning.",
  remediation: "Keep the resource group for as long as backup instances name it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.snapshotGroup,
  needs: ["vaults", "protection"],
  judge: (found) => [...judgeSnapshots(found), ...judgeRestorePoints(found)],
};

/** A snapshot, or instant restore points of a virtual machine. */
export interface DeletedSnapshot {
  /** Its name is one that Azure Backup gives. */
  isNamed: boolean;
  isRestorePoint: boolean;
  /** The backup instances that remain, and keep their snapshots in its resource group. */
  owners: readonly SnapshotOwner[];
  /** Instances of which it is not known. */
  perhaps: readonly SnapshotOwner[];
  /** Why there may be more that were not read. */
  unread?: string;
}

export const snapshotDeleted: DependencyRule<DeletedSnapshot> = {
  code: "backup-snapshot-deleted",
  title: "A snapshot or restore point that may be a backup is deleted",
  summary:
    "Operational backups of managed disks and AKS clusters are snapshots in a resource group that the backup instance names, and instant " +
    "restore points of virtual machines are restore point collections named `AzureBackup_...`, both outside the vault. What is deleted of " +
    "them is lost unless the vault has a copy. Azure Backup deletes what its policy no longer keeps.",
  remediation: "Continue only if it is not a backup, or is no longer needed.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.snapshotGroup,
  needs: ["vaults", "protection"],
  judge({ isNamed, isRestorePoint, owners, perhaps, unread }) {
    if (isRestorePoint) return isNamed ? [restorePointLost] : [];
    const [owner, open] = [owners[0], perhaps[0]];
    const lost = "If it is one of these backups, it would be lost.";
    if (owner) {
      const reason = `It is in the resource group with the snapshots of ${instances(owners)}. ${lost}`;
      return [{ decision: "warn", vault: owner.vault.kind, reason }];
    }
    if (open) {
      const reason = `Whether it is in the resource group with the snapshots of ${instances(perhaps)} is not known. ${lost}`;
      return [{ decision: "warn", vault: open.vault.kind, reason }];
    }
    if (isNamed) return [{ decision: "warn", reason: "By its name, it is a backup, which would be lost." }];
    if (unread === undefined) return [];
    const reason = `Whether it is a backup was not checked: ${ended(unread)}`;
    return [{ decision: "warn", reason, remediation: readVaults }];
  },
};

const restorePointsLost =
  "Recovery points that are not in the vault yet would be lost, and restores would have to wait for the vault's copies.";

const restorePointLost: DependencyFinding = {
  ...{ decision: "warn", vault: "RecoveryServicesVault", source: sources.instantRestore },
  reason: `By its name, it is an instant restore point of a virtual machine. ${restorePointsLost}`,
};

function judgeSnapshots({ owners, perhaps, unread }: SnapshotOwners): DependencyFinding[] {
  const [owner, open] = [owners[0], perhaps[0]];
  if (owner) {
    const reason = `It contains the snapshots of ${instances(owners)}. These backups would be deleted with it.`;
    return [{ decision: "refuse", vault: owner.vault.kind, reason }];
  }
  if (open) {
    const reason = `Whether it contains the snapshots of ${instances(perhaps)} is not known.`;
    return [{ decision: "undecided", vault: open.vault.kind, reason, remediation: readVaults }];
  }
  if (unread === undefined) return [];
  const reason = `Whether it contains the snapshots of backup instances is not known: ${ended(unread)}`;
  return [{ decision: "undecided", reason, remediation: readVaults }];
}

function judgeRestorePoints({ restorePoints }: SnapshotOwners): DependencyFinding[] {
  if (restorePoints === undefined) return [];
  const where = restorePoints === "listed" ? "It contains" : "By its name, it contains";
  const reason = `${where} instant restore points of virtual machines. ${restorePointsLost}`;
  const source = sources.instantRestore;
  return [{ decision: "warn", vault: "RecoveryServicesVault", reason, source }];
}

export const instances = (owners: readonly SnapshotOwner[]): string =>
  `${counted(owners.length, "backup instance")}: ${named(owners)}`;
