import { parseVaultId, type VaultId, vaultIdOf } from "./vaultId.js";

/** What a Backup vault holds, by its last type in Resource Manager. */
export type ChildType = "backupPolicies" | "backupInstances";

/** The parts of the ARM ID of something in a Backup vault. */
export interface ChildId {
  /** The vault's ARM ID, in the documentation's spelling. */
  vault: string;
  name: string;
}

export const childIdOf = (vault: string, type: ChildType, name: string): string => `${vault}/${type}/${name}`;

/** Undefined if the text is not the ID of something of this type in a Backup vault. */
export function parseChildId(text: string, type: ChildType): ChildId | undefined {
  const [, vaultPart = "", found = "", name = ""] = /^(.+)\/([^/]+)\/([^/#]+)$/.exec(text) ?? [];
  const vault: VaultId | undefined = parseVaultId(vaultPart);
  if (vault?.kind !== "BackupVault" || found.toLowerCase() !== type.toLowerCase()) return undefined;
  return { vault: vaultIdOf(vault), name };
}

export const childIdForm = (type: ChildType): string =>
  `/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.DataProtection/backupVaults/{vault}/${type}/{name}`;
