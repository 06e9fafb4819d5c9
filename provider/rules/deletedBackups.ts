import { unknown, type Vault } from "../vaults/ruleVault.js";
import { type VaultKind, vaultNouns } from "../vaults/vaultId.js";
import { named } from "./contents.js";
import {
  changedAfterDeletion,
  type DependencyFinding,
  type DependencyRule,
  readVaults,
  type VaultName,
} from "./dependency.js";
import type { Fact, Instance, ProtectedItem } from "./facts.js";
import { immutability } from "./immutability.js";
import { softDelete } from "./softDelete.js";
import { reports, sources } from "./sources.js";
import { isUnrecognized, stateOf } from "./stateMachine.js";
import { counted, ended } from "./wording.js";

/** A deletion of something whose backups lie in a vault. */
export interface DeletedBackup {
  kind: VaultKind;
  vaultName?: string;
  /** The vault, which decides what is left of the backups. */
  vault: Fact<Vault>;
  /** All its backups are next to their source: neither immutability nor soft delete covers them. Absent: not known. */
  isOperational?: boolean;
}

const keepBackups =
  "To keep the backups, keep the resource, or set `retainOnDelete: true` on it, run `pulumi up`, and only then remove it from the program.";

function judgeDeleted({ kind, vaultName, vault, isOperational }: DeletedBackup): DependencyFinding[] {
  const noun = vaultName === undefined ? "Its vault" : `${vaultNouns[kind]} "${vaultName}"`;
  if ("unreadable" in vault) {
    const reason = `Whether its backups can be recovered depends on the vault, which could not be read: ${ended(vault.unreadable)}`;
    return [{ decision: "undecided", vault: kind, reason, remediation: readVaults }];
  }
  const [deletion, lock] = [softDelete[kind], immutability[kind]];
  const kept = stateOf(deletion, vault.value);
  const locked = stateOf(lock, vault.value);
  if (!isOperational && (locked === "Locked" || locked === "Unlocked")) {
    const reason = `The immutability of ${noun.replace(/^Its/, "its")} is ${locked}, so Azure does not delete recovery points that have not expired.`;
    const wayOut = locked === "Locked" ? "and wait until the recovery points expire" : "or disable immutability first";
    return [{ decision: "refuse", vault: kind, reason, remediation: `Stop protection and keep the data, ${wayOut}.` }];
  }
  if (kept === "Off" || kept === "Disabled") {
    const reason = `Soft delete of ${noun.replace(/^Its/, "its")} is ${kept}, so its backups are deleted at once and cannot be recovered.`;
    return [{ decision: "refuse", vault: kind, reason }];
  }
  const isOpen =
    kept === unknown || locked === unknown || isUnrecognized(deletion, kept) || isUnrecognized(lock, locked);
  if (isOpen) {
    const reason = "The vault's soft delete or immutability is not known, so neither is what is left of the backups.";
    return [{ decision: "undecided", vault: kind, reason, remediation: readVaults }];
  }
  if (isOperational) {
    const reason =
      "Backup stops and its backups are deleted. They are next to their source, and soft delete does not cover such operational " +
      "backups: expect that they cannot be recovered.";
    return [{ decision: "warn", vault: kind, reason, source: sources.operationalSoftDelete }];
  }
  const days = vault.value.softDelete?.retentionDurationInDays;
  const period = typeof days === "number" ? counted(days, "day") : "the retention of soft delete, 14 days by default";
  const unless =
    isOperational === undefined ? " Backups next to their source, such as snapshots, are not covered." : "";
  const reason = `Backup stops and its backups are deleted. ${noun} keeps them soft-deleted for ${period}; after that, they are lost.${unless}`;
  return [{ decision: "warn", vault: kind, reason }];
}

const deletedSummary =
  "Deleting it stops backup and deletes the backups. With soft delete, they can be recovered until its retention is over; " +
  "without, they are lost at once. In an immutable vault, Azure does not delete recovery points that have not expired. Neither " +
  "covers operational backups, which are next to their source, such as snapshots of disks and file shares.";

const deletedRule = {
  remediation: keepBackups,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge: judgeDeleted,
} as const satisfies Partial<DependencyRule<DeletedBackup>>;

export const instanceDeleted: DependencyRule<DeletedBackup> = {
  ...deletedRule,
  code: "backup-instance-deleted",
  title: "A backup instance is deleted with its backups",
  summary: deletedSummary,
};

export const itemDeleted: DependencyRule<DeletedBackup> = {
  ...deletedRule,
  code: "rsv-protected-item-deleted",
  title: "A protected item is deleted with its backups",
  summary: deletedSummary,
};

/** A registration that is removed, with what it still protects. */
export interface Unregistered {
  items: Fact<ProtectedItem[]>;
}

export const containerUnregistered: DependencyRule<Unregistered> = {
  code: "rsv-container-unregistered",
  title: "A container with protected items is not unregistered",
  summary:
    "Azure does not unregister a storage account or server from a vault while the vault protects something in it.",
  remediation: "Delete the protected items in it first, or keep the container registered.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesDelete,
  needs: ["protectedItems"],
  judge({ items }) {
    const vault = "RecoveryServicesVault" as const;
    if ("unreadable" in items) {
      const reason = `Its protected items could not be read: ${ended(items.unreadable)}`;
      return [{ decision: "undecided", vault, reason, remediation: readVaults }];
    }
    if (items.value.length === 0) return [];
    const reason = `It contains ${counted(items.value.length, "protected item")}: ${named(items.value)}.`;
    return [{ decision: "refuse", vault, reason }];
  },
};

/** A policy that is deleted or replaced. */
export interface DeletedPolicy {
  kind: VaultKind;
  /** What still uses it when it is deleted. */
  users: Fact<(Instance | ProtectedItem)[]>;
  /** What may use another policy by then: that is known only at `pulumi up`. */
  perhaps?: readonly (Instance | ProtectedItem)[];
  /** What the run gives another policy, perhaps only after the deletion. */
  moved?: readonly (Instance | ProtectedItem)[];
}

function judgePolicy({ kind, users, perhaps = [], moved = [] }: DeletedPolicy): DependencyFinding[] {
  if ("unreadable" in users) {
    const reason = `What uses it could not be read: ${ended(users.unreadable)}`;
    return [{ decision: "undecided", vault: kind, reason, remediation: readVaults }];
  }
  const what = kind === "BackupVault" ? "backup instance" : "protected item";
  const usedBy = (all: readonly (Instance | ProtectedItem)[]) =>
    `It is used by ${counted(all.length, what)}: ${named(all)}.`;
  if (users.value.length > 0) return [{ decision: "refuse", vault: kind, reason: usedBy(users.value) }];
  if (moved.length > 0) {
    const { reason, remediation } = changedAfterDeletion;
    return [{ decision: "undecided", vault: kind, reason: `${usedBy(moved)} ${reason}`, remediation }];
  }
  if (perhaps.length === 0) return [];
  const reason = `The new policy of ${counted(perhaps.length, what)} is not known until \`pulumi up\`: ${named(perhaps)}.`;
  const remediation = "To get an answer at preview, write the ID of the new policy in the program.";
  return [{ decision: "undecided", vault: kind, reason, remediation }];
}

const policyRule = {
  remediation: "Assign another policy to each of them first, in an update of its own, or keep this policy.",
  decision: "refuse",
  overridable: false,
  judge: judgePolicy,
} as const satisfies Partial<DependencyRule<DeletedPolicy>>;

export const policyDeleted: DependencyRule<DeletedPolicy> = {
  ...policyRule,
  code: "policy-in-use-deleted",
  title: "A backup policy in use is not deleted",
  summary: "Azure does not delete a backup policy while backup instances use it. A replacement deletes it, too.",
  evidence: "community",
  source: reports.policyReplaced,
  needs: ["protection"],
};

export const protectionPolicyDeleted: DependencyRule<DeletedPolicy> = {
  ...policyRule,
  code: "rsv-policy-in-use-deleted",
  title: "A backup policy in use is not deleted",
  summary: "Azure does not delete a backup policy while protected items use it. A replacement deletes it, too.",
  evidence: "microsoft",
  source: sources.removePolicy,
  needs: ["protectedItems"],
};

export const replicatedItemDeleted: DependencyRule<VaultName | undefined> = {
  code: "rsv-replicated-item-deleted",
  title: "Replication of a machine is disabled",
  summary:
    "Deleting a replicated item disables its replication. Site Recovery has no soft delete: the recovery points are lost, " +
    "and the machine cannot be failed over until it is replicated again.",
  remediation: "Continue only if the machine does not need to be failed over any more.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.siteRecovery,
  needs: [],
  judge: () => [
    {
      decision: "warn",
      vault: "RecoveryServicesVault",
      reason: "Its replication would be disabled and its recovery points deleted, which soft delete does not cover.",
    },
  ],
};
