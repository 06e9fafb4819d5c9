import type { VaultKind } from "../vaults/vaultId.js";
import type { DependencyRule } from "./dependency.js";
import { sources } from "./sources.js";

/** Parts of what a backup instance or protected item backs up, such as disks or containers. */
export interface NarrowedBackup {
  /** What would no longer be backed up, in words. */
  lost: readonly string[];
  /** What is only known during the run. */
  open: readonly string[];
}

const narrowedRule = (vault: VaultKind) =>
  ({
    remediation: "Continue only if what is left out does not need to be backed up any more.",
    decision: "warn",
    evidence: "microsoft",
    overridable: false,
    needs: [],
    judge({ lost, open }) {
      if (lost.length > 0) {
        const reason = `No longer backed up: ${lost.join("; ")}. Backups that exist are kept, but no new ones are made of this.`;
        return [{ decision: "warn", vault, reason }];
      }
      if (open.length === 0) return [];
      const reason = `Which ${open.join(" and ")} are still backed up is only known during \`pulumi up\`.`;
      const remediation = "To get an answer at preview, write the values in the program.";
      return [{ decision: "warn", vault, reason, remediation }];
    },
  }) as const satisfies Partial<DependencyRule<NarrowedBackup>>;

export const instanceNarrowed: DependencyRule<NarrowedBackup> = {
  ...narrowedRule("BackupVault"),
  code: "backup-instance-narrowed",
  title: "A part of what a backup instance backs up is left out",
  summary:
    "A backup instance can back up a part of its data source: containers of a storage account, or namespaces, types of resources and " +
    "volumes of an AKS cluster. What is taken out of it is no longer backed up, although the instance stays protected.",
  source: sources.clusterBackup,
};

export const itemNarrowed: DependencyRule<NarrowedBackup> = {
  ...narrowedRule("RecoveryServicesVault"),
  code: "rsv-protected-item-narrowed",
  title: "Disks of a protected item are left out",
  summary:
    "The backup of a virtual machine can be of some of its data disks. Disks that are excluded, or not included, are no longer backed " +
    "up, although the item stays protected.",
  source: sources.selectiveDisks,
};
