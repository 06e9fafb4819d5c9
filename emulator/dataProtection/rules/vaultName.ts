import { unverified } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

// Length and characters that clients keep to; the specification has a stricter pattern, on child resources only.
export const vaultName: VaultRule = ({ before, name }) => {
  if (before !== undefined || /^[-A-Za-z0-9]{2,50}$/.test(name)) return undefined;
  return unverified(
    "vault-name-invalid",
    `The vault name '${name}' is invalid: 2 to 50 letters, digits and hyphens are expected.`,
  );
};
