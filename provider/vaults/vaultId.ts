/** The two kinds of vaults that keep Azure's backups. */
export type VaultKind = "BackupVault" | "RecoveryServicesVault";

/** What the ARM id of a vault says of it. */
export interface VaultIdParts {
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
export function parseVaultId(text: string): VaultIdParts | undefined {
  const [, subscriptionId = "", resourceGroupName = "", type = "", vaultName = ""] = pattern.exec(text) ?? [];
  const kind = kinds.find((each) => vaultTypes[each].toLowerCase() === type.toLowerCase());
  return kind && { kind, subscriptionId, resourceGroupName, vaultName };
}

export const vaultIdOf = ({ kind, subscriptionId, resourceGroupName, vaultName }: VaultIdParts): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${vaultTypes[kind]}/${vaultName}`;

export const vaultIdForms: string = kinds
  .map((kind) => `/subscriptions/{subscription}/resourceGroups/{group}/providers/${vaultTypes[kind]}/{name}`)
  .join(" or ");

export const noVaultId = (text: string): string =>
  `"${text}" is no ARM id of a vault. It has the form ${vaultIdForms}.`;
