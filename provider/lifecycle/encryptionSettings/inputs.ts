import { overridableCodes } from "../../rules/index.js";
import type { Body } from "../../vaults/body.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import { readVault, settingsOf } from "../../vaults/definitions.js";
import { keyUri } from "../../vaults/encryption.js";
import { managedIdentity } from "../../vaults/identity.js";
import { duration, enabledOrDisabled, guardRequests, vaultId } from "../../vaults/sharedSettings.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { fields, list, oneOf, type Problem, parseFields } from "../../vaults/values.js";
import { parseVaultId, vaultIdOf } from "../../vaults/vaultId.js";
import { serviceOf } from "../vault/services.js";
import { noSettingsId } from "./wording.js";

/** The vault, its key, and the identity that accesses the key. Any value may be the engine's text for "not known yet". */
export type EncryptionSettingsInputs = {
  vault: string;
  keyUri: string;
  identity: string;
  infrastructureEncryption?: string;
  resourceGuardOperationRequests?: string[];
  accept?: string[];
  timeouts?: { create?: string; update?: string; permission?: string };
};

const settingsArguments = fields(
  {
    vault: vaultId,
    keyUri,
    identity: managedIdentity,
    infrastructureEncryption: enabledOrDisabled,
    resourceGuardOperationRequests: guardRequests,
    accept: list(oneOf(...overridableCodes("BackupVault"), ...overridableCodes("RecoveryServicesVault"))),
    timeouts: fields({ create: duration, update: duration, permission: duration }),
  },
  ["vault", "keyUri", "identity"],
);

/** `olds` are the inputs of the existing settings. A value that differs only in case keeps its old spelling. */
export function parseSettings(
  news: Record<string, unknown>,
  olds: Partial<EncryptionSettingsInputs>,
): { inputs: EncryptionSettingsInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(settingsArguments, news, "", problems, olds) as EncryptionSettingsInputs;
  for (const name of ["vault", "keyUri", "identity"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}

const compared = ["keyUri", "identity", "infrastructureEncryption"] as const;

export const differing = (a: Partial<EncryptionSettingsInputs>, b: Partial<EncryptionSettingsInputs>) =>
  compared.filter((name) => a[name] !== b[name] || isUnknown(a[name]));

/** In the form of the vault's inline argument `encryption`. */
export function asSettings(inputs: EncryptionSettingsInputs): VaultInputs {
  const { vault, keyUri, identity, infrastructureEncryption, resourceGuardOperationRequests, accept } = inputs;
  return settingsOf(vault, {
    encryption: { state: "Enabled", keyUri, identity, ...(infrastructureEncryption && { infrastructureEncryption }) },
    ...(resourceGuardOperationRequests && { resourceGuardOperationRequests }),
    ...(accept && { accept }),
  });
}

/** A vault's current encryption. Undefined with platform-managed keys. */
export function encryptionOf(vaultId: string, live: Body) {
  const { encryption } = readVault(serviceOf(vaultId), vaultId, live);
  return encryption?.keyUri && encryption.state !== "Disabled" ? encryption : undefined;
}

/** The vault in the ID `{vault}#encryption`, of which nothing is recorded. */
export function vaultIn(id: string): string {
  const [text = "", what, ...rest] = id.split("#");
  const vault = parseVaultId(text);
  if (!vault || what !== "encryption" || rest.length > 0) throw new Error(noSettingsId(id));
  return vaultIdOf(vault);
}

/** The settings that a program would have for a vault's encryption. */
export const asInputs = (
  vault: string,
  { keyUri = "", identity = "", infrastructureEncryption }: NonNullable<ReturnType<typeof encryptionOf>>,
): EncryptionSettingsInputs => ({
  vault,
  keyUri,
  identity,
  ...(infrastructureEncryption === "Enabled" && { infrastructureEncryption }),
});

/** The current settings, in the program's spelling where Azure's means the same. */
export function asShown(
  inputs: EncryptionSettingsInputs,
  live: NonNullable<ReturnType<typeof encryptionOf>>,
): EncryptionSettingsInputs {
  const said = (ours: string, azures: string | undefined) =>
    azures === undefined || ours.toLowerCase() === azures.toLowerCase() ? ours : azures;
  const { infrastructureEncryption } = inputs;
  return {
    ...inputs,
    keyUri: said(inputs.keyUri, live.keyUri),
    identity: said(inputs.identity, live.identity),
    ...(infrastructureEncryption && {
      infrastructureEncryption: live.infrastructureEncryption ?? "Disabled",
    }),
  };
}
