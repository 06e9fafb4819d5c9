import type { ArmResource } from "../armResource.js";
import { type KeyTrouble, keyTrouble } from "../customerManagedKey/keyTrouble.js";
import { keyAt } from "../keyVault/keyAt.js";
import type { OperationFailure } from "../operations/longRunningOperation.js";
import type { World } from "../world.js";
import type { RecoveryServicesVaultRecord } from "./records.js";
import type { EncryptionSettings } from "./vaultSettings.js";

// Quoted in hashicorp/terraform-provider-azurerm#27817; the other codes are not published.
const noPermission = "UserErrorCMKKeyVaultAuthFailure";

const codes: Record<KeyTrouble["kind"], string> = {
  "identity-not-attached": noPermission,
  "not-found": "EmulatorUnverifiedRsvCmkKeyMissing",
  "soft-delete-off": "EmulatorUnverifiedRsvKeyVaultSoftDeleteOff",
  "purge-protection-off": "EmulatorUnverifiedRsvKeyVaultPurgeProtectionOff",
  "restricted-key-vault": "EmulatorUnverifiedRsvCmkUserIdentityRestrictedKeyVault",
  "not-rsa": "EmulatorUnverifiedRsvCmkKeyType",
  "key-size": "EmulatorUnverifiedRsvCmkKeyType",
  unusable: "EmulatorUnverifiedRsvCmkKeyUnusable",
  "no-permission": noPermission,
  "old-key-unreachable": "EmulatorUnverifiedRsvOldKeyUnreachable",
};

/** Why a Recovery Services vault cannot be encrypted with this key now; undefined: it can. */
export function keyFailure(
  world: World,
  { body, neverProvisioned }: RecoveryServicesVaultRecord,
  wanted: EncryptionSettings,
  held: EncryptionSettings | undefined,
  now: number,
): OperationFailure | undefined {
  const identity = neverProvisioned ? comingIdentity(body.identity, wanted) : body.identity;
  const trouble = keyTrouble(world, identity, wanted, held, ["get", "list", "wrapKey", "unwrapKey"], now);
  if (trouble !== undefined) return { code: codes[trouble.kind], message: trouble.message };
  // Unlike Backup vaults: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk
  const keyVault = keyAt(world, wanted.keyUri ?? "")?.store.body;
  if (keyVault === undefined || keyVault.location === body.location) return undefined;
  return {
    code: "EmulatorUnverifiedRsvCmkKeyVaultRegion",
    message:
      `The key vault ${keyVault.name} is in ${keyVault.location}, the vault in ${body.location}: they have to be in ` +
      "the same region. Azure's code is not known.",
  };
}

/** A new vault may name a user-assigned identity that comes to it after its key. */
function comingIdentity(identity: ArmResource | undefined, { kekIdentity }: EncryptionSettings) {
  if (kekIdentity === undefined || kekIdentity === "system") return identity;
  return { ...identity, userAssignedIdentities: { ...identity?.userAssignedIdentities, [kekIdentity]: {} } };
}
