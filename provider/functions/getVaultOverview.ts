import * as pulumi from "../host/program/pulumi.js";
import type { VaultOverview } from "../overview/vaultOverview.js";
import type { BackupVault } from "../resources/backupVault.js";
import type { RecoveryServicesVault } from "../resources/recoveryServicesVault.js";

/** A vault of this program, of either kind, or the ARM id of any. */
export type VaultArgument = BackupVault | RecoveryServicesVault | pulumi.Input<string>;

/**
 * Looks at a vault as it is now: what it backs up, by which policy and when it last succeeded, its jobs, its resource guard,
 * its security level, its key, what would block its deletion and what can no longer be changed. Changes nothing. Asks Azure
 * whenever the program runs, in a preview too, with the same credentials as the provider. The overview of a vault that this run
 * creates is known after `pulumi up`.
 *
 * Azure's own overview: https://learn.microsoft.com/azure/backup/backup-center-monitor-operate
 *
 * @param vault a `BackupVault` or `RecoveryServicesVault` of this program, or the ARM id of any
 *
 * @example
 * export const blocked = getVaultOverview(vault).deletion.apply(({ decision }) => decision === "blocked");
 */
export function getVaultOverview(vault: VaultArgument): pulumi.Output<VaultOverview> {
  return pulumi.output(idOf(vault)).apply(async (vaultId) => {
    // Loaded here, so that programs that do not ask pay nothing.
    const { look } = await import("./look.js");
    const seen = await look(vaultId, (key) => pulumi.getConfig(`azure-backup:${key}`));
    if ("overview" in seen) return seen.overview;
    // Not there yet, perhaps: only `up` will have created it.
    if (pulumi.isDryRun() && seen.isMissing) return unknownOverview;
    // The engine shows its message and no stack.
    throw new pulumi.RunError(seen.message);
  });
}

/** What the SDK takes for a value that is only known during `pulumi up`, whatever its type. */
const unknownOverview: never = pulumi.unknown as never;

const idOf = (vault: VaultArgument): pulumi.Input<string> =>
  pulumi.CustomResource.isInstance(vault) ? (vault as BackupVault | RecoveryServicesVault).vaultId : vault;
