import { type BackedUp, named } from "./backupSources.js";
import { type DependencyRule, readVaults, type VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** What is taken from an identity that backups need. */
export interface RemovedRole {
  what: "role" | "trusted access";
  /** What is backed up by it, and goes on being so. */
  backedUp: readonly BackedUp[];
  /** To which the run grants the same again, perhaps only afterwards, or in a write that this one takes back. */
  again: readonly BackedUp[];
  /** Vaults of which it is not known whether they back up something by it. */
  perhaps: readonly VaultName[];
  /** Why there may be more vaults, which were not read. */
  unread?: string | undefined;
  /** Microsoft's page on the backup of the data source. */
  source?: string | undefined;
}

/** That of the rule speaks of disks. */
const pages: Partial<Record<RemovedRole["what"], string>> = { "trusted access": sources.clusterPrerequisites };

/** A role assignment of an identity that backs up, or a trusted access role binding of a cluster. */
export const backupRoleRemoved: DependencyRule<RemovedRole> = {
  code: "backup-role-removed",
  title: "A role that backups need is removed",
  summary:
    "A Backup vault backs up and restores with the roles of its managed identity on the data source and on the resource group of its " +
    "snapshots, such as Disk Backup Reader and Disk Snapshot Contributor. Backup of an AKS cluster also needs roles of the identities of the " +
    "cluster and of its backup extension, and a trusted access role binding that lets the vault into the cluster. Without one of them, the " +
    "next backups fail, restores may fail, and snapshots that have expired may not be deleted. Backups that exist are kept.",
  remediation: "Keep it for as long as the data source is backed up, or stop the backup first.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.backupRoles,
  needs: ["vaults", "protection"],
  judge({ what, backedUp, again, perhaps, unread, source = pages[what] }) {
    const [first, regaining, open] = [backedUp[0], again[0], perhaps[0]];
    const about = ({ kind }: VaultName) => ({ vault: kind, ...(source !== undefined && { source }) });
    if (first) {
      const reason = `Without this ${what}, the next backups of ${named(backedUp)} fail, and restores may fail. Backups that exist are kept.`;
      return [{ decision: "warn", ...about(first.vault), reason }];
    }
    if (regaining) {
      const reason =
        `Backups of ${named(again)} need this ${what}. The run grants it again, but the preview does not show that this is in effect ` +
        "before the removal and remains after it. Backups that start without it fail.";
      return [{ decision: "warn", ...about(regaining.vault), reason, remediation: grantedAgain }];
    }
    if (open) {
      const reason = `Whether backups of ${vaultsNamed(perhaps)} need this ${what} is not known until \`pulumi up\`, or could not be read.`;
      return [{ decision: "undecided", ...about(open), reason, remediation: readVaults }];
    }
    if (unread === undefined) return [];
    const reason = `Whether a vault's backups need this ${what} is not known: ${ended(unread)}`;
    return [{ decision: "undecided", reason, remediation: readVaults }];
  },
};

const grantedAgain =
  "Check after the run that it is still assigned, and run again any backup that failed. New role assignments can take several " +
  "minutes to take effect.";
