import * as pulumi from "@pulumi/pulumi";
import type { BackupVault } from "./backupVault.js";

/** A Backup vault of this program, or the ARM id of any. */
export type VaultArgument = BackupVault | pulumi.Input<string>;

const isVault = (vault: VaultArgument | undefined): vault is BackupVault =>
  pulumi.CustomResource.isInstance(vault) && "vaultId" in vault;

export const idOf = (vault: VaultArgument): pulumi.Input<string> => (isVault(vault) ? vault.vaultId : vault);

/** What belongs to a vault of this program goes when the vault goes, without a request of its own. */
export const withVault = (
  vault: VaultArgument | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions => ({ ...(isVault(vault) && { deletedWith: vault }), ...opts });
