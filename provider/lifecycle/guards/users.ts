import { type Azure, guardIdsOf, isArmError } from "../../azure/index.js";
import type { ProtectedVaults, VaultName } from "../../rules/index.js";
import { isSameGuard } from "../../vaults/guardId.js";
import { orUnreadable } from "../run/facts.js";
import { type ListedVault, listVaults } from "../vault/keyUsers.js";

/**
 * The vaults that a guard protects, among those in all subscriptions that can be seen: a guard often is in another one than
 * its vaults, and Azure lists the vaults of no guard. Unreadable where there may be one that was not read.
 */
export async function vaultsOfGuard(azure: Azure, guardId: string, deadline: number): Promise<ProtectedVaults> {
  const own = [guardId.split("/")[2] ?? "", azure.subscriptionId ?? ""].filter(Boolean);
  return orUnreadable(async () => {
    const seen = await azure.subscriptions.list({ deadline });
    const all = new Set([...own, ...seen.map(({ subscriptionId }) => subscriptionId)].map((id) => id.toLowerCase()));
    const lists = await Promise.all([...all].map((each) => vaultsIn(azure, each, own, deadline)));
    const guarded = lists.flat().filter(({ isGuarded }) => isGuarded);
    const users = await Promise.all(
      guarded.map(async ({ id, kind, name }): Promise<VaultName[]> => {
        const ids = await guardIdsOf(azure.resourceGuardProxies, id, { deadline });
        return ids.some((each) => isSameGuard(each, guardId)) ? [{ kind, name }] : [];
      }),
    );
    return users.flat();
  });
}

/** In a subscription that the caller sees but may not list, there is nothing that it could find. */
async function vaultsIn(
  azure: Azure,
  subscription: string,
  own: readonly string[],
  deadline: number,
): Promise<ListedVault[]> {
  try {
    return await listVaults(azure, [subscription], deadline);
  } catch (error) {
    const isOwn = own.some((each) => each.toLowerCase() === subscription);
    if (!isOwn && isArmError(error) && error.status === 403) return [];
    throw error;
  }
}
