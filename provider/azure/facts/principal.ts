import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { object, text } from "../reading/shapes.js";
import { find } from "../reads.js";
import type { OperationOptions } from "../within.js";

/** https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities/get */
const userAssignedIdentity = {
  noun: "a user-assigned identity",
  shape: object({ properties: object({ principalId: text }) }),
} satisfies Kind<unknown>;

const identityAt = (client: ArmClient, path: string, within: OperationOptions) =>
  find(client, { path, apiVersion: "2023-01-31" }, userAssignedIdentity, within);

export async function identityExists(
  client: ArmClient,
  identityId: string,
  within: OperationOptions,
): Promise<boolean> {
  return (await identityAt(client, identityId, within)) !== undefined;
}

/** The directory's id of a user-assigned identity. */
export async function principalOf(client: ArmClient, identityId: string, within: OperationOptions): Promise<string> {
  const found = await identityAt(client, identityId, within);
  if (found) return found.properties.principalId;
  throw new Error(`there is no user-assigned identity ${identityId}, or it cannot be seen.`);
}
