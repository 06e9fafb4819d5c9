export interface VaultIdParts {
  subscriptionId: string;
  resourceGroupName: string;
  vaultName: string;
}

export function recoveryServicesVaultParts(id: string): VaultIdParts {
  const parts =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.RecoveryServices\/vaults\/([^/]+)$/i.exec(
      id,
    );
  if (!parts) throw new Error(`"${id}" is no ARM id of a Recovery Services vault.`);
  return { subscriptionId: parts[1] ?? "", resourceGroupName: parts[2] ?? "", vaultName: parts[3] ?? "" };
}
