import { unverified } from "../backupError.js";
import type { VaultRule } from "./vaultChange.js";

// https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept
export const immutability: VaultRule = ({ before, after }) => {
  if (before?.immutability !== "Locked" || after.immutability === "Locked") return undefined;
  return unverified(
    "immutability-locked",
    "The immutability of this vault is locked. Locking is irreversible: it cannot be disabled or unlocked.",
  );
};
