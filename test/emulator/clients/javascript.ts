import { ClientSecretCredential } from "@azure/identity";
import type { Emulator } from "../../../emulator/index.js";

/** How Microsoft's JavaScript packages sign in to an emulator: by the settings that they have for other clouds. */
export function credential({ url, env }: Emulator): ClientSecretCredential {
  return new ClientSecretCredential(env.ARM_TENANT_ID, env.ARM_CLIENT_ID, env.ARM_CLIENT_SECRET, {
    authorityHost: url,
    disableInstanceDiscovery: true,
  });
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
