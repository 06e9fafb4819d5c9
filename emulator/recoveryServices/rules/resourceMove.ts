import type { ArmError } from "../../http/armError.js";
import type { RecoveryServicesVaultRecord } from "../records.js";
import { unverified } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

export const resourceMove: VaultRule = ({ vault }) => refusalWhileMoving(vault);

/**
 * "both the source and target resource groups are locked. This means you can't create, delete, or update resources":
 * https://learn.microsoft.com/azure/azure-resource-manager/management/move-resource-group-and-subscription
 */
export function refusalWhileMoving(vault: RecoveryServicesVaultRecord | undefined): ArmError | undefined {
  if (vault?.body.properties.moveState !== "InProgress") return undefined;
  return unverified(
    "rsv-update-while-moving",
    `The Recovery Services vault '${vault.body.name}' is being moved, and its resource group is locked. Azure's code for this is not known.`,
    409,
  );
}
