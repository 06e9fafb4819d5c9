import { backupVaultKind } from "./backupVault.js";
import { recoveryServicesVaultKind } from "./recoveryServicesVault.js";
import type { VaultKind } from "./vaultKind.js";

export const kinds: readonly VaultKind[] = [backupVaultKind, recoveryServicesVaultKind];

export interface VaultIdParts {
  subscriptionId: string;
  resourceGroupName: string;
  vaultName: string;
}

/** Throws where the text is no id of a vault. */
export function kindOf(vaultId: string): VaultKind {
  const { type } = parse(vaultId);
  const kind = kinds.find(({ resourceType }) => resourceType.toLowerCase() === type.toLowerCase());
  if (kind) return kind;
  throw noVaultId(vaultId);
}

export function partsOfVaultId(vaultId: string): VaultIdParts {
  const { type: _, ...parts } = parse(vaultId);
  return parts;
}

function parse(vaultId: string): VaultIdParts & { type: string } {
  const [, subscriptionId = "", resourceGroupName = "", type = "", vaultName = ""] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+\/[^/]+)\/([^/]+)$/i.exec(vaultId) ?? [];
  if (vaultName === "") throw noVaultId(vaultId);
  return { subscriptionId, resourceGroupName, type, vaultName };
}

function noVaultId(text: string): Error {
  const forms = kinds.map(({ resourceType }) => `.../providers/${resourceType}/{name}`).join(" or ");
  return new Error(
    `"${text}" is no ARM id of a vault. It has the form /subscriptions/{subscription}/resourceGroups/{group}, and then ${forms}.`,
  );
}
