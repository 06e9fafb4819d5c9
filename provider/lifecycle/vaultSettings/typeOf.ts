import { backupVaultType } from "../backupVault/backupVaultType.js";
import { recoveryServicesVaultType } from "../recoveryServicesVault/recoveryServicesVaultType.js";
import { kindOf } from "../vault/vaultId.js";
import type { VaultInputs, VaultResource } from "../vault/vaultInputs.js";
import type { VaultType } from "../vault/vaultType.js";

/** What a vault of either kind has in common with the other. */
export type AnyVaultType = VaultType<VaultInputs, VaultResource>;

const types = { BackupVault: backupVaultType, RecoveryServicesVault: recoveryServicesVaultType };

/** The kind of a vault by its id. A vault that one of them reads is only ever given back to the same one. */
export const typeOf = (vaultId: string): AnyVaultType => types[kindOf(vaultId)] as unknown as AnyVaultType;
