import type { ArmClient } from "../armClient.js";
import { find, listAll } from "../reads.js";
import type { Within } from "../within.js";
import type { KeyAddress } from "./keyUri.js";

/** A key vault or Managed HSM as ARM shows it. Each field may be absent: then it was never set. */
export interface KeyStoreResource {
  id: string;
  location?: string;
  properties: {
    tenantId?: string;
    enableSoftDelete?: boolean;
    enablePurgeProtection?: boolean;
    enableRbacAuthorization?: boolean;
    /** Of a Managed HSM: its data plane. */
    hsmUri?: string;
    publicNetworkAccess?: string;
    networkAcls?: { defaultAction?: string };
    accessPolicies?: { objectId: string; permissions?: { keys?: string[] } }[];
  };
}

const types = { KeyVault: "Microsoft.KeyVault/vaults", ManagedHsm: "Microsoft.KeyVault/managedHSMs" };
export const keyVaultApiVersion = "2023-07-01";

export const getKeyStore = (client: ArmClient, id: string, within: Within) =>
  find<KeyStoreResource>(client, { path: id, apiVersion: keyVaultApiVersion }, within);

/**
 * The key store by its name, wherever this identity may look. None found is no proof that there is none, so it is an
 * error: the name may belong to a subscription that cannot be seen.
 */
export async function findKeyStore(
  client: ArmClient,
  address: KeyAddress,
  home: string | undefined,
  within: Within,
): Promise<KeyStoreResource> {
  const id = (home && (await idIn(client, address, home, within))) ?? (await idAnywhere(client, address, home, within));
  const found = id && (await getKeyStore(client, id, within));
  if (found) return found;
  const what = address.kind === "KeyVault" ? "key vault" : "Managed HSM";
  throw new Error(
    `the ${what} "${address.store}" is in no subscription that can be seen. ` +
      "Whoever runs this program needs the role Reader on it, or it does not exist.",
  );
}

/** Everyone sees a few subscriptions, a service provider perhaps hundreds: those are too many to ask. */
const maxSubscriptions = 50;

async function idAnywhere(client: ArmClient, address: KeyAddress, home: string | undefined, within: Within) {
  const read = { path: "/subscriptions", apiVersion: "2022-12-01" };
  const visible = await listAll<{ subscriptionId: string }>(client, read, within);
  const others = visible.map(({ subscriptionId }) => subscriptionId).filter((each) => each !== home);
  const ids = await Promise.all(others.slice(0, maxSubscriptions).map((each) => idIn(client, address, each, within)));
  return ids.find(Boolean);
}

async function idIn(client: ArmClient, { kind, store }: KeyAddress, subscriptionId: string, within: Within) {
  const read = {
    path: `/subscriptions/${subscriptionId}/resources`,
    apiVersion: "2021-04-01",
    query: { $filter: `resourceType eq '${types[kind]}' and name eq '${store}'` },
  };
  const found = await listAll<{ id: string; name?: string }>(client, read, within);
  // Names of key stores are unique in a cloud, and the same in any case.
  return found.find(({ id }) => id.toLowerCase().endsWith(`/${types[kind]}/${store}`.toLowerCase()))?.id;
}
