import type { Maybe, Vault } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { Value } from "../values.js";
import { armRecoveryVault } from "./armRecoveryVault.js";
import { armVault } from "./armVault.js";

/** A vault of each kind as Resource Manager answers it. */
export const fromArm: Record<VaultKind, (body: Value, id: Maybe<string> | undefined) => Vault> = {
  BackupVault: armVault,
  RecoveryServicesVault: armRecoveryVault,
};
