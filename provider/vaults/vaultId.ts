/** The two kinds of vaults that keep Azure's backups. */
export type VaultKind = "BackupVault" | "RecoveryServicesVault";

/** What the ARM id of a vault says of it. */
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

const pattern = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/#]+)$/i;

/** Nothing where the text is not the id of a vault of either kind: nobody may take it for one of them. */
export function parseVaultId(text: string): VaultId | undefined {
  const [, subscriptionId = "", resourceGroupName = "", type = "", vaultName = ""] = pattern.exec(text) ?? [];
  const kind = kinds.find((each) => vaultTypes[each].toLowerCase() === type.toLowerCase());
  return kind && { kind, subscriptionId, resourceGroupName, vaultName };
}

export const vaultIdOf = ({ kind, subscriptionId, resourceGroupName, vaultName }: VaultId): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${vaultTypes[kind]}/${vaultName}`;

/**
 * The same, where nothing else can stand there: whoever went on with it would ask or tell Azure the wrong thing.
 *
 * @param kind where a vault of the other kind cannot stand there either
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

/** Azure does not keep the case of ids. */
export const isSameVault = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const formOf = (kind: VaultKind) =>
  `/subscriptions/{subscription}/resourceGroups/{group}/providers/${vaultTypes[kind]}/{name}`;

export const vaultIdForms: string = kinds.map(formOf).join(" or ");

export const noVaultId = (text: string, kind?: VaultKind): string =>
  `"${text}" is not the ARM ID of a ${kind ? vaultNouns[kind] : "vault"}. Use ${kind ? formOf(kind) : vaultIdForms}.`;

/** What messages call a vault of each kind. */
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
