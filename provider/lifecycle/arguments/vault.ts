import { parseVaultId, vaultIdForms, vaultIdOf } from "../../vaults/vaultId.js";
import { type Parse, parser } from "./parse.js";

/** The ARM id of a vault of either kind, whose provider Azure spells in several ways. */
export const vault: Parse = parser(`must be an ARM id of the form ${vaultIdForms}`, (value) => {
  const parts = typeof value === "string" ? parseVaultId(value) : undefined;
  return parts && vaultIdOf(parts);
});
