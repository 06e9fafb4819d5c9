import type { Lifecycle } from "../host/serve.js";
import { backupVaultType } from "./backupVault/backupVaultType.js";
import { vaultLifecycle } from "./vault/lifecycle.js";

export const backupVault: Lifecycle = vaultLifecycle(backupVaultType);
