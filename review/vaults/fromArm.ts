import type { Maybe, Vault, VaultKind } from "../../provider/rules/index.js";
import type { Value } from "../values.js";
import { armRecoveryVault } from "./armRecoveryVault.js";
import { armVault } from "./armVault.js";

/** A vault of each kind as Resource Manager answers it. */
export const fromArm: Record<VaultKind, (body: Value, id: Maybe<string> | undefined) => Vault> = {
  BackupVault: armVault,
  RecoveryServicesVault: armRecoveryVault,
};
