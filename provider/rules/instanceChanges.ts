import { type Maybe, unknown } from "../vaults/unknowns.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { DependencyRule } from "./dependency.js";
import { sources } from "./sources.js";
import { listed } from "./wording.js";

/** A backup instance or a protected item that this package's provider would have to replace, and another one may update. */
export interface ReplacedInstance {
  /** The arguments that would change. */
  changed: readonly string[];
  /** Of those, the ones whose new value is not known yet: it may be the same. */
  open: readonly string[];
  /** The stack's state says that its removal deletes it. */
  deletesBackups: boolean;
  /** It stays in its vault with its backups, although the same run protects its source in another one. */
  isKeptBesideAnother?: Maybe<boolean>;
  /** Another tool sends it to Azure as an update of what exists. */
  isUpdated?: boolean;
}

const keepSource = "Keep its source. To back up another one, add a resource for it under another name.";

const deleteFirst =
  "Keep its vault. To change it, first delete its backups in the old vault, in a run of its own and without the setting that keeps them.";

const replacedRule = (noun: string, vault: VaultKind) =>
  ({
    title: `A ${noun} is not replaced`,
    decision: "refuse",
    evidence: "microsoft",
    overridable: false,
    needs: [],
    judge({ changed, open, deletesBackups, isKeptBesideAnother = false, isUpdated = false }) {
      if (deletesBackups) return [];
      if (isKeptBesideAnother === unknown) {
        const reason = `Whether the run protects its source in another vault is only known during \`pulumi up\`. Azure would refuse that while this ${noun} keeps its backups.`;
        return [{ decision: "undecided", vault, reason, remediation: deleteFirst }];
      }
      if (isKeptBesideAnother) {
        const reason = `The run protects its source in another vault. The backup of this ${noun} stops, but it keeps its backups, and Azure refuses a source that another vault has. Nothing would back it up.`;
        return [{ decision: "refuse", vault, reason, remediation: deleteFirst }];
      }
      const names = listed(changed.map((name) => `\`${name}\``));
      if (changed.length > 0 && isUpdated) {
        const reason = `This would change ${names} of a ${noun} as it is. What Azure makes of that is not documented; if it takes it, the former source is no longer backed up.`;
        return [{ decision: "undecided", vault, reason, remediation: keepSource }];
      }
      if (changed.length > 0) {
        const reason = `Azure changes ${names} of no ${noun}, so the old one would be deleted with its backups to make room.`;
        return [{ decision: "refuse", vault, reason }];
      }
      if (open.length === 0) return [];
      const notKnown = listed(open.map((name) => `\`${name}\``));
      const reason = `Whether ${notKnown} stays as it is, is only known during \`pulumi up\`.`;
      const remediation = "To get an answer at preview, write the value in the program.";
      return [{ decision: "undecided", vault, reason, remediation }];
    },
  }) as const satisfies Partial<DependencyRule<ReplacedInstance>>;

export const instanceReplaced: DependencyRule<ReplacedInstance> = {
  ...replacedRule("backup instance", "BackupVault"),
  code: "backup-instance-replaced",
  summary:
    "A data source has one backup instance. Another one for it, or for something else under the same name, needs the old one to be " +
    "deleted with its backups, which a replacement does without asking. What Azure makes of an update to another data source is not " +
    "documented.",
  remediation:
    'To give up its backups, set `onDelete: "delete"`, run `pulumi up`, and only then make this change. To keep them, leave the ' +
    "instance as it is, and add another BackupInstance under another name for another data source.",
  source: sources.oneInstance,
};

export const itemReplaced: DependencyRule<ReplacedInstance> = {
  ...replacedRule("protected item", "RecoveryServicesVault"),
  code: "rsv-protected-item-replaced",
  summary:
    "A protected item is the backup of one virtual machine or file share in one vault. Another vault or another source needs another " +
    "item, and a replacement deletes the old one with its backups without asking. What Azure makes of an update to another source is " +
    "not documented.",
  remediation:
    'To give up its backups, set `onDelete: "delete"`, run `pulumi up`, and only then make this change. To keep them, leave the ' +
    "item as it is, and add another ProtectedItem for another source.",
  source: sources.changeVault,
};

/** How the backup of one stops that is not deleted: it is removed from the program, or its protection changes. */
export type StoppedInstance = "stopProtectionRetainData" | "suspend";

const stops = (short: string): Record<StoppedInstance, string> => ({
  stopProtectionRetainData: `Backup stops. Its backups are kept, and the ${short} stays in the vault with protection stopped.`,
  suspend: `Backup is suspended. Its backups are kept by the policy's retention, and the ${short} stays in the vault.`,
});

/** What is left without a policy may stop, too. */
type Stopped = Maybe<StoppedInstance | "withoutPolicy">;

const stoppedRule = (short: string, vault: VaultKind) =>
  ({
    remediation:
      'To delete its backups, set `onDelete: "delete"` and run `pulumi up` before its removal. To back up again, declare it with ' +
      "`adopt: true`.",
    decision: "warn",
    evidence: "microsoft",
    overridable: false,
    needs: [],
    judge(way) {
      if (way === "withoutPolicy") {
        const reason = `The ${short} would have no backup policy. What Azure makes of that is not documented: it may refuse it, or stop the backup.`;
        return [{ decision: "undecided", vault, reason, remediation: keepPolicy[vault] }];
      }
      if (way !== unknown) return [{ decision: "warn", vault, reason: stops(short)[way] }];
      const reason = "Whether its backup stops is only known during `pulumi up`.";
      const remediation = "To get an answer at preview, write the value in the program.";
      return [{ decision: "undecided", vault, reason, remediation }];
    },
  }) as const satisfies Partial<DependencyRule<Stopped>>;

const keepPolicy: Record<VaultKind, string> = {
  BackupVault: "Keep the ID of a policy in the program.",
  RecoveryServicesVault:
    "Keep the ID of a policy in the program. To stop backup and keep the backups, set the protection state to ProtectionStopped.",
};

export const instanceStopped: DependencyRule<Stopped> = {
  ...stoppedRule("instance", "BackupVault"),
  code: "backup-instance-stopped",
  title: "The backup of a backup instance stops, and its backups are kept",
  summary:
    "Unless `onDelete` of a `BackupInstance` says otherwise, its removal stops backup and keeps the backups, as its `protection` can " +
    "do without a removal. The instance stays in the vault, which cannot be deleted before it. Without a policy, it may stop, too.",
  source: sources.stopProtection,
};

export const itemStopped: DependencyRule<Stopped> = {
  ...stoppedRule("item", "RecoveryServicesVault"),
  code: "rsv-protected-item-stopped",
  title: "The backup of a protected item stops, and its backups are kept",
  summary:
    "Unless `onDelete` of a `ProtectedItem` says otherwise, its removal stops backup and keeps the backups, as its `protection` can " +
    "do without a removal. So does a deletion by another tool that is set to retain the data. The item stays in the vault, which " +
    "cannot be deleted before it. Without a policy, backup may stop, too.",
  source: sources.stopMachineProtection,
};

const resumedRule = (vault: VaultKind) =>
  ({
    remediation: "To keep every backup that exists, leave its backup stopped.",
    decision: "warn",
    // Microsoft says that a stopped one keeps every backup, and not what a resumption does to them.
    evidence: "community",
    overridable: false,
    needs: [],
    judge(isResumed) {
      if (isResumed !== unknown) {
        const reason =
          "Backup is resumed. From then on, the policy also decides how long the backups that exist are kept, and older ones expire.";
        return isResumed ? [{ decision: "warn", vault, reason }] : [];
      }
      const reason = "Whether its backup is resumed is only known during `pulumi up`.";
      const remediation = "To get an answer at preview, write the value in the program.";
      return [{ decision: "undecided", vault, reason, remediation }];
    },
  }) as const satisfies Partial<DependencyRule<Maybe<boolean>>>;

export const instanceResumed: DependencyRule<Maybe<boolean>> = {
  ...resumedRule("BackupVault"),
  code: "backup-instance-resumed",
  title: "The stopped backup of a backup instance is resumed, and old backups expire again",
  summary:
    "While the backup of an instance is stopped, every backup is kept. When it is resumed, the policy decides again how long backups are " +
    "kept, also those from before.",
  source: sources.stopProtection,
};

export const itemResumed: DependencyRule<Maybe<boolean>> = {
  ...resumedRule("RecoveryServicesVault"),
  code: "rsv-protected-item-resumed",
  title: "The stopped backup of a protected item is resumed, and old backups expire again",
  summary:
    "While the backup of an item is stopped, every backup is kept. When it is resumed, the policy decides again how long backups are " +
    "kept, also those from before.",
  source: sources.stopMachineProtection,
};
