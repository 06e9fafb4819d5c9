import * as pulumi from "../host/program/pulumi.js";
import type { BackupVault } from "./backupVault.js";
import type { RecoveryServicesVault } from "./recoveryServicesVault.js";

type Vault = BackupVault | RecoveryServicesVault;

/** A vault of either kind in this program, or the ARM ID of any vault. */
export type VaultArgument = Vault | pulumi.Input<string>;

const isVault = (vault: VaultArgument | undefined): vault is Vault =>
  pulumi.CustomResource.isInstance(vault) && "vaultId" in vault;

export const idOf = (vault: VaultArgument): pulumi.Input<string> => (isVault(vault) ? vault.vaultId : vault);

/** Deleting a vault of this program also deletes its settings, without a request for each. */
export const withVault = (
  vault: VaultArgument | undefined,
  opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions => ({ ...(isVault(vault) && { deletedWith: vault }), ...opts });
