/** The two kinds of vaults that store Azure backups. */
export type VaultKind = "BackupVault" | "RecoveryServicesVault";

/** The parts of a vault's ARM ID. */
export interface VaultId {
  kind: VaultKind;
  subscriptionId: string;
  resourceGroupName: string;
  vaultName: string;
}

/** As Azure's documentation spells them; Azure itself spells them in several ways. */
const vaultTypes: Record<VaultKind, string> = {
  BackupVault: "Microsoft.DataProtection/backupVaults",
  RecoveryServicesVault: "Microsoft.RecoveryServices/vaults",
};

const kinds = Object.keys(vaultTypes) as VaultKind[];

const pattern = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/#?]+)$/i;

/** Undefined if the text is not the ID of a vault of either kind. */
export function parseVaultId(text: string): VaultId | undefined {
  const [, subscriptionId = "", resourceGroupName = "", type = "", vaultName = ""] = pattern.exec(text) ?? [];
  const kind = kinds.find((each) => vaultTypes[each].toLowerCase() === type.toLowerCase());
  return kind && { kind, subscriptionId, resourceGroupName, vaultName };
}

export const vaultIdOf = ({ kind, subscriptionId, resourceGroupName, vaultName }: VaultId): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${vaultTypes[kind]}/${vaultName}`;

/**
 * Throws if the text is not the ID of a vault: to go on would read or write the wrong resource.
 *
 * @param kind throws also for a vault of the other kind
 */
export function requireVaultId(text: string, kind?: VaultKind): VaultId {
  const id = parseVaultId(text);
  if (!id || (kind !== undefined && id.kind !== kind)) throw new Error(noVaultId(text, kind));
  return id;
}

export const kindOf = (text: string): VaultKind => requireVaultId(text).kind;

/** The arguments that name a vault. */
export function namesIn(text: string): Omit<VaultId, "kind"> {
  const { kind: _, ...names } = requireVaultId(text);
  return names;
}

/** Azure does not preserve the case of IDs. */
export const isSameVault = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const vaultIdForm = (kind: VaultKind): string =>
  `/subscriptions/{subscription}/resourceGroups/{group}/providers/${vaultTypes[kind]}/{name}`;

export const vaultIdForms: string = kinds.map(vaultIdForm).join(" or ");

export const noVaultId = (text: string, kind?: VaultKind): string =>
  `"${text}" is not the ARM ID of a ${kind ? vaultNouns[kind] : "vault"}. Use ${kind ? vaultIdForm(kind) : vaultIdForms}.`;

/** The names of the kinds in messages. */
export const vaultNouns: Record<VaultKind, string> = {
  BackupVault: "Backup vault",
  RecoveryServicesVault: "Recovery Services vault",
};

export const nameIn = (id: string): string => requireVaultId(id).vaultName;

/** `Backup vault "payroll"` */
export function calledById(id: string): string {
  const { kind, vaultName } = requireVaultId(id);
  return `${vaultNouns[kind]} "${vaultName}"`;
}
