import { parseVaultId, vaultIdForm, vaultIdOf } from "../../vaults/vaultId.js";

/** The parts of the ARM ID of a protected item. */
export interface ItemId {
  /** The vault's ARM ID, in the documentation's spelling. */
  vault: string;
  container: string;
  item: string;
}

const fabric = "backupFabrics/Azure/protectionContainers";

export const containerIdOf = (vault: string, container: string): string => `${vault}/${fabric}/${container}`;

export const itemIdOf = ({ vault, container, item }: ItemId): string =>
  `${containerIdOf(vault, container)}/protectedItems/${item}`;

const pattern = /^(.+)\/backupFabrics\/Azure\/protectionContainers\/([^/#?]+)\/protectedItems\/([^/#?]+)$/i;

/** Undefined for any other text. */
export function parseItemId(text: string): ItemId | undefined {
  const [, vaultPart = "", container = "", item = ""] = pattern.exec(text) ?? [];
  const vault = parseVaultId(vaultPart);
  return vault?.kind === "RecoveryServicesVault" ? { vault: vaultIdOf(vault), container, item } : undefined;
}

export const itemIdForm: string = itemIdOf({
  vault: vaultIdForm("RecoveryServicesVault").replace("{name}", "{vault}"),
  container: "{container}",
  item: "{item}",
});
