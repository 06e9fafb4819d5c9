import type { Body } from "../../vaults/body.js";
import { readVault } from "../../vaults/definitions.js";
import { serviceOf } from "../vault/services.js";
import type { EncryptionSettingsInputs } from "./inputs.js";

/** What encrypts a vault now. Undefined: the platform's own keys. */
export function encryptionOf(vaultId: string, live: Body) {
  const { encryption } = readVault(serviceOf(vaultId), vaultId, live);
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
