import { unverified } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftrecoveryservices
export const vaultName: VaultRule = ({ before, name }) => {
  if (before !== undefined || /^[A-Za-z][-A-Za-z0-9]{1,49}$/.test(name)) return undefined;
  return unverified(
    "rsv-name-invalid",
    `The vault name '${name}' is invalid: 2 to 50 letters, digits and hyphens are expected, a letter first.`,
  );
};
