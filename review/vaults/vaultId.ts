import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { parseVaultId } from "../../provider/vaults/vaultId.js";

/** What a vault's ARM id says of it. */
export function partsOf(
  id: Maybe<string> | undefined,
): Pick<Vault, "subscriptionId" | "resourceGroupName" | "vaultName"> {
  if (id === undefined || id === unknown) return {};
  const { kind: _, ...names } = parseVaultId(id) ?? {};
  return names;
}

export const isVaultId = (id: unknown): id is string => typeof id === "string" && parseVaultId(id) !== undefined;

/** Azure does not keep the case of ids. */
export const sameVault = (a: unknown, b: unknown): boolean => isVaultId(a) && isVaultId(b) && lower(a) === lower(b);

const lower = (id: string) => id.toLowerCase();
