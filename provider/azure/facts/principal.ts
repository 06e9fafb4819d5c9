import type { ArmClient } from "../armClient.js";
import { find } from "../reads.js";
import type { Within } from "../within.js";

/** The directory's id of a user-assigned identity. */
export async function principalOf(client: ArmClient, identityId: string, within: Within): Promise<string> {
  const read = { path: identityId, apiVersion: "2023-01-31" };
  const found = await find<{ properties: { principalId?: string } }>(client, read, within);
  if (found?.properties.principalId) return found.properties.principalId;
  throw new Error(`there is no user-assigned identity ${identityId}, or it cannot be seen.`);
}
