/**
 * Whether an action of a role means another one: `Microsoft.KeyVault/vaults/*` covers `.../vaults/keys/read`.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions#control-and-data-actions
 */
export function covers(pattern: string, action: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`, "i").test(action);
}
