import { isUnknown } from "../../host/unknowns.js";
import { acceptCodes } from "../arguments/accept.js";
import { managedIdentity } from "../arguments/identity.js";
import { keyUri } from "../arguments/keyUri.js";
import { list, type Problem, record } from "../arguments/parse.js";
import { duration, matching, oneOf } from "../arguments/values.js";
import { vault } from "../arguments/vault.js";
import type { VaultInputs } from "../vault/vaultInputs.js";
import { settingsOf } from "../vaultSettings/settingsOf.js";

/** Which key encrypts which vault, and who reaches it. A leaf may be the engine's text for "not known yet". */
export interface EncryptionSettingsInputs {
  vault: string;
  keyUri: string;
  identity: string;
  infrastructureEncryption?: string;
  resourceGuardOperationRequests?: string[];
  accept?: string[];
  timeouts?: { create?: string; update?: string; permission?: string };
}

const argument = {
  vault,
  keyUri,
  identity: managedIdentity,
  infrastructureEncryption: oneOf("Enabled", "Disabled"),
  resourceGuardOperationRequests: list(
    matching(/^\/subscriptions\/.+\/resourceGuards\/.+/i, "must be an ARM id of a resource guard operation request"),
  ),
  accept: acceptCodes("BackupVault", "RecoveryServicesVault"),
  timeouts: record({ create: duration, update: duration, permission: duration }),
};

/** `olds` are the inputs of the existing settings: what differs from them only in case stays as it was. */
export function parse(
  news: Record<string, unknown>,
  olds: Partial<EncryptionSettingsInputs>,
): { inputs: EncryptionSettingsInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = record(argument, ["vault", "keyUri", "identity"])(news, "", problems) as EncryptionSettingsInputs;
  for (const name of ["vault", "keyUri", "identity"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}

const compared = ["keyUri", "identity", "infrastructureEncryption"] as const;

export const differing = (a: Partial<EncryptionSettingsInputs>, b: Partial<EncryptionSettingsInputs>) =>
  compared.filter((name) => a[name] !== b[name] || isUnknown(a[name]));

/** As an inline `encryption` of the vault would say it. */
export function asSettings(inputs: EncryptionSettingsInputs): VaultInputs {
  const { vault, keyUri, identity, infrastructureEncryption, resourceGuardOperationRequests, accept } = inputs;
  return settingsOf(vault, {
    encryption: { state: "Enabled", keyUri, identity, ...(infrastructureEncryption && { infrastructureEncryption }) },
    ...(resourceGuardOperationRequests && { resourceGuardOperationRequests }),
    ...(accept && { accept }),
  });
}
