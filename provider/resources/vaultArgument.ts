import * as pulumi from "@pulumi/pulumi";
import type { BackupVault } from "./backupVault.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";

type Vault = BackupVault | RecoveryServicesVault;

/** A vault of this program, of either kind, or the ARM id of any. */
export type VaultArgument = Vault | pulumi.Input<string>;

const isVault = (vault: VaultArgument | undefined): vault is Vault =>
  pulumi.CustomResource.isInstance(vault) && "vaultId" in vault;

export const idOf = (vault: VaultArgument): pulumi.Input<string> => (isVault(vault) ? vault.vaultId : vault);

/** What belongs to a vault of this program goes when the vault goes, without a request of its own. */
export const withVault = (
  vault: VaultArgument | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions => ({ ...(isVault(vault) && { deletedWith: vault }), ...opts });
