import { type BackedUp, named, notChecked } from "./backupSources.js";
import type { DependencyFinding, DependencyRule } from "./dependency.js";
import { sources } from "./sources.js";
import { capitalized, listed } from "./wording.js";

/** A setting of a storage account that lets Azure Backup in. */
export interface ClosedSetting {
  /** Its name, and what it becomes. */
  text: string;
  /** What to do with which argument. */
  remediation: string;
}

/** What is closed to the backups of one kind. */
export interface ClosedTo {
  settings: readonly ClosedSetting[];
  /** What is backed up, and needs these settings. */
  backedUp: readonly BackedUp[];
  /** What is backed up, and needs them if its backups go into the vault. */
  perhaps: readonly BackedUp[];
}

/** A storage account that is closed to Azure Backup. */
export interface ClosedSource {
  blobs: ClosedTo;
  shares: ClosedTo;
  /** Why more may be backed up, which was not read. */
  unread: string | undefined;
}

export const sourceClosed: DependencyRule<ClosedSource> = {
  code: "backup-source-closed",
  title: "A storage account stays open to the backups of its blobs and file shares",
  summary:
    "Vaulted backup of blobs needs cross-tenant replication to be enabled in the storage account. Azure does not permit switching it off " +
    "while the account has an object replication policy with another tenant. Backup of file shares needs access by account key and, if the " +
    "firewall denies access by default, the exception for trusted Azure services. It does not support a permitted scope for copy operations " +
    "that is limited to private endpoints in the same virtual network (`PrivateLink`). Without one of these, the next backups may fail. Backups " +
    "that exist are kept. Version 4 of azurerm changed the default of `cross_tenant_replication_enabled` to false.",
  remediation: "Keep these settings for as long as the storage account is backed up, or stop the backup first.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.vaultedBlobs,
  needs: ["vaults", "protection", "protectedItems"],
  judge({ blobs, shares, unread }) {
    const found = [...closedTo(blobs, sources.vaultedBlobs), ...closedTo(shares, sources.shareBackup)];
    return found.length > 0 ? found : notChecked(unread);
  },
};

function closedTo({ settings, backedUp, perhaps }: ClosedTo, source: string): DependencyFinding[] {
  const [first] = backedUp.length > 0 ? backedUp : perhaps;
  if (!first || settings.length === 0) return [];
  const changes = listed(settings.map(({ text }) => text));
  const reason =
    backedUp.length > 0
      ? `Backups of ${named(backedUp)} need what this would change: ${changes}. Without it, the next ones may fail. Backups that exist are kept.`
      : `This would change what backups of ${named(perhaps)} need if they go into the vault, which is not known: ${changes}.`;
  const toDo = capitalized(listed(settings.map((each) => each.remediation)));
  const remediation = `${toDo} for as long as the storage account is backed up, or stop the backup first.`;
  return [{ decision: "warn", vault: first.vault.kind, reason, remediation, source }];
}
