import type { VaultResource } from "../vault/vaultInputs.js";
import { typeOf } from "../vaultSettings/typeOf.js";
import type { EncryptionSettingsInputs } from "./inputs.js";

/** What encrypts a vault now. Undefined: the platform's own keys. */
export function encryptionOf(vaultId: string, live: VaultResource) {
  const { encryption } = typeOf(vaultId).fromArm(vaultId, live);
  return encryption?.keyUri && encryption.state !== "Disabled" ? encryption : undefined;
}

/** The settings as they are, in the program's words where Azure's mean the same. */
export function liveInputs(
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
