import type { DependencyRule } from "./dependency.js";
import { sources } from "./sources.js";
import { listed } from "./wording.js";

/** A backup instance that this package's provider would have to replace. */
export interface ReplacedInstance {
  /** The arguments that would change. */
  changed: readonly string[];
  /** Of those, the ones whose new value is not known yet: it may be the same. */
  open: readonly string[];
  /** The stack's state says that its removal deletes it. */
  deletesBackups: boolean;
}

export const instanceReplaced: DependencyRule<ReplacedInstance> = {
  code: "backup-instance-replaced",
  title: "A backup instance is not replaced",
  summary:
    "A data source has one backup instance. Another one for it, or for something else under the same name, needs the old one to be " +
    "deleted with its backups, which a replacement does without asking.",
  remediation:
    'To give up its backups, set `onDelete: "delete"`, run `pulumi up`, and only then make this change. To keep them, leave the ' +
    "instance as it is, and add another BackupInstance under another name for another data source.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.oneInstance,
  needs: [],
  judge({ changed, open, deletesBackups }) {
    if (deletesBackups) return [];
    const names = listed(changed.map((name) => `\`${name}\``));
    if (changed.length > 0) {
      const reason = `Azure changes ${names} of no backup instance, so the old one would be deleted with its backups to make room.`;
      return [{ decision: "refuse", reason }];
    }
    if (open.length === 0) return [];
    const unknown = listed(open.map((name) => `\`${name}\``));
    const reason = `Whether ${unknown} stays as it is, is only known during \`pulumi up\`.`;
    return [
      { decision: "undecided", reason, remediation: "To get an answer at preview, write the value in the program." },
    ];
  },
};

/** What becomes of a backup instance that is removed, but not deleted. */
export type StoppedInstance = "stopProtectionRetainData" | "suspend";

const stops: Record<StoppedInstance, string> = {
  stopProtectionRetainData:
    "Backup stops. Its backups are kept, and the instance stays in the vault with protection stopped.",
  suspend: "Backup is suspended. Its backups are kept by the policy's retention, and the instance stays in the vault.",
};

export const instanceStopped: DependencyRule<StoppedInstance> = {
  code: "backup-instance-stopped",
  title: "A backup instance is removed, and its backups are kept",
  summary:
    "Unless `onDelete` of a `BackupInstance` says otherwise, its removal stops backup and keeps the backups. The instance stays in " +
    "the vault, which cannot be deleted before it.",
  remediation:
    'To delete its backups, set `onDelete: "delete"` and run `pulumi up` before its removal. To back up again, declare it with ' +
    "`adopt: true`.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.stopProtection,
  needs: [],
  judge: (way) => [{ decision: "warn", reason: stops[way] }],
};
