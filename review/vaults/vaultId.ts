import { type Maybe, unknown, type Vault } from "../../provider/rules/index.js";

const pattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/(Microsoft\.(?:DataProtection\/backupVaults|RecoveryServices\/vaults))\/([^/#]+)$/i;

/** What a vault's ARM id says of it. */
export function partsOf(
  id: Maybe<string> | undefined,
): Pick<Vault, "subscriptionId" | "resourceGroupName" | "vaultName"> {
  if (id === undefined || id === unknown) return {};
  const [, subscriptionId, resourceGroupName, , vaultName] = pattern.exec(id) ?? [];
  return vaultName === undefined ? {} : { subscriptionId, resourceGroupName, vaultName };
}

export const isVaultId = (id: unknown): id is string => typeof id === "string" && pattern.test(id);

/** Azure does not keep the case of ids. */
export const sameVault = (a: unknown, b: unknown): boolean => isVaultId(a) && isVaultId(b) && lower(a) === lower(b);

const lower = (id: string) => id.toLowerCase();
