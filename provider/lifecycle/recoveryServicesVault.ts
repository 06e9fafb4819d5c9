import type { Lifecycle } from "../host/serve.js";
import { recoveryServicesVaultType } from "./recoveryServicesVault/recoveryServicesVaultType.js";
import { vaultLifecycle } from "./vault/lifecycle.js";

export const recoveryServicesVault: Lifecycle = vaultLifecycle(recoveryServicesVaultType);
