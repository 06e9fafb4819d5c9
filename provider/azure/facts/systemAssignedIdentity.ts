import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { type Of, object, optional, text } from "../reading/shapes.js";
import { find } from "../reads.js";
import type { OperationOptions } from "../within.js";

const identity = {
  noun: "a system-assigned identity",
  shape: object({
    properties: object({ principalId: optional(text), tenantId: optional(text), clientId: optional(text) }),
  }),
} satisfies Kind<unknown>;
export type SystemAssignedIdentity = Of<typeof identity.shape>["properties"];

/**
 * What a resource's own identity is in the directory; the resource itself does not show its client id.
 * https://learn.microsoft.com/rest/api/managedidentity/system-assigned-identities/get-by-scope
 */
export async function systemAssignedIdentity(
  client: ArmClient,
  resourceId: string,
  within: OperationOptions,
): Promise<SystemAssignedIdentity | undefined> {
  const path = `${resourceId}/providers/Microsoft.ManagedIdentity/identities/default`;
  return (await find(client, { path, apiVersion: "2023-01-31" }, identity, within))?.properties;
}
