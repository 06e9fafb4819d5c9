import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

export interface SystemAssignedIdentity {
  principalId?: string;
  tenantId?: string;
  clientId?: string;
}

/**
 * What a resource's own identity is in the directory; the resource itself does not show its client id.
 * https://learn.microsoft.com/rest/api/managedidentity/system-assigned-identities/get-by-scope
 */
export async function systemAssignedIdentity(
  client: ArmClient,
  resourceId: string,
  within: Within,
): Promise<SystemAssignedIdentity | undefined> {
  const path = `${resourceId}/providers/Microsoft.ManagedIdentity/identities/default`;
  return (await find<{ properties: SystemAssignedIdentity }>(client, { path, apiVersion: "2023-01-31" }, within))
    ?.properties;
}
