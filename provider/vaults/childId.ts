import { parseVaultId, type VaultKind, vaultIdForm, vaultIdOf } from "./vaultId.js";

/** What a vault holds, by its last type in Resource Manager. */
export type ChildType = "backupPolicies" | "backupInstances";

/** The parts of the ARM ID of something in a vault. */
export interface ChildId {
  /** The vault's ARM ID, in the documentation's spelling. */
  vault: string;
  name: string;
}

export const childIdOf = (vault: string, type: ChildType, name: string): string => `${vault}/${type}/${name}`;

/** Undefined if the text is not the ID of something of this type in a vault of this kind. */
export function parseChildId(text: string, type: ChildType, kind: VaultKind = "BackupVault"): ChildId | undefined {
  const [, vaultPart = "", found = "", name = ""] = /^(.+)\/([^/]+)\/([^/#?]+)$/.exec(text) ?? [];
  const vault = parseVaultId(vaultPart);
  if (vault?.kind !== kind || found.toLowerCase() !== type.toLowerCase()) return undefined;
  return { vault: vaultIdOf(vault), name };
}

/** @param noun with its article */
export function requireChildId(text: string, noun: string, type: ChildType, kind?: VaultKind): ChildId {
  const id = parseChildId(text, type, kind);
  if (!id) throw new Error(`"${text}" is not the ARM ID of ${noun}. Use ${childIdForm(type, kind)}.`);
  return id;
}

export const childIdForm = (type: ChildType, kind: VaultKind = "BackupVault"): string =>
  `${vaultIdForm(kind).replace("{name}", "{vault}")}/${type}/{name}`;
