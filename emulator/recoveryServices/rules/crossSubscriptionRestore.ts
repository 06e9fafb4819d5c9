import { unverified } from "../recoveryError.js";
import type { VaultRule } from "./vaultChange.js";

// Documented as irreversible for Backup vaults; the value is the same here.
export const crossSubscriptionRestore: VaultRule = ({ before, after }) => {
  if (before?.crossSubscriptionRestore !== "PermanentlyDisabled") return undefined;
  if (after.crossSubscriptionRestore === "PermanentlyDisabled") return undefined;
  return unverified(
    "rsv-csr-permanently-disabled",
    "Cross Subscription Restore is permanently disabled on this vault. Azure's answer is not known.",
  );
};
