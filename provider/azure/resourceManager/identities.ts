import { managedIdentityApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, type Of, object, optional, text } from "../reading/shapes.js";

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
  options: OperationOptions,
): Promise<SystemAssignedIdentity | undefined> {
  const path = `${resourceId}/providers/Microsoft.ManagedIdentity/identities/default`;
  return (await find(client, { path, apiVersion: managedIdentityApiVersion }, identity, options))?.properties;
}

/** https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities/get */
const userAssignedIdentity = {
  noun: "a user-assigned identity",
  shape: object({ properties: object({ principalId: text }) }),
} satisfies Kind<unknown>;

const identityAt = (client: ArmClient, path: string, options: OperationOptions) =>
  find(client, { path, apiVersion: managedIdentityApiVersion }, userAssignedIdentity, options);

export async function identityExists(
  client: ArmClient,
  identityId: string,
  options: OperationOptions,
): Promise<boolean> {
  return (await identityAt(client, identityId, options)) !== undefined;
}

/** The directory's id of a user-assigned identity. */
export async function principalOf(client: ArmClient, identityId: string, options: OperationOptions): Promise<string> {
  const found = await identityAt(client, identityId, options);
  if (found) return found.properties.principalId;
  throw new Error(
    `the user-assigned identity ${identityId} does not exist, or the caller lacks the Reader role on it.`,
  );
}
