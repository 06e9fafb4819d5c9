import type { BackupVaultResource } from "../../azure/index.js";
import type { Vault } from "../../vaults/ruleVault.js";
import { hasFailed } from "../vault/hasFailed.js";
import { fields, identityOf, markUnknown } from "../vault/normalForm.js";
import type { BackupVaultSettings } from "./inputs.js";

/** Our arguments, or a live vault in their shape, as the rules' normal form. */
export function toRules(settings: Partial<BackupVaultSettings>, live?: BackupVaultResource): Vault {
  const { softDelete, identity, encryption, tags: _tags, alertsForAllJobFailures: _alerts, ...texts } = settings;
  const vault: Vault = {
    ...(markUnknown(texts) as object),
    softDelete: fields(softDelete, ["state", "retentionDurationInDays"]),
    identity: identityOf(identity),
    encryption: fields(encryption, ["state", "keyUri", "identity", "infrastructureEncryption"]),
    resourceMoveState: live?.properties.resourceMoveState,
    lastWriteFailed: live && hasFailed(live) ? true : undefined,
    isProtectedByResourceGuard: live?.properties.isVaultProtectedByResourceGuard,
  };
  if (vault.encryption) vault.encryption.state ??= "Enabled";
  return Object.fromEntries(Object.entries(vault).filter(([, value]) => value !== undefined)) as Vault;
}
