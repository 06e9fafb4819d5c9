import { keyVaultApiVersion, resourcesApiVersion } from "../arm/apiVersions.js";
import { type ArmClient, operationName } from "../arm/armClient.js";
import { find, listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { NoKeyStore, UnexpectedResponse } from "../http/errors.js";
import { flag, type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { createSubscriptions } from "../resourceManager/subscriptions.js";
import type { Cloud } from "../signIn/cloud.js";

export interface KeyAddress {
  kind: "KeyVault" | "ManagedHsm";
  /** Of the key vault or the Managed HSM. */
  store: string;
  key: string;
  /** Absent: the newest, whichever that is. */
  version?: string;
}

/** A key of this cloud only: an address of another would be an invitation to ask a stranger. */
export function parseKeyUri(keyUri: string, { keyVaultSuffix, managedHsmSuffix }: Cloud): KeyAddress {
  const [, host = "", key = "", version] =
    /^https:\/\/([a-z0-9.-]+)(?::443)?\/keys\/([a-z0-9-]+)(?:\/([a-z0-9]+))?\/?$/i.exec(keyUri) ?? [];
  const [store = "", ...rest] = host.toLowerCase().split(".");
  const suffix = rest.join(".");
  const kind = suffix === keyVaultSuffix ? "KeyVault" : suffix === managedHsmSuffix ? "ManagedHsm" : undefined;
  if (kind && store && key) return { kind, store, key, ...(version && { version }) };
  throw new Error(
    `"${keyUri}" is not the URI of a key in ${keyVaultSuffix} or ${managedHsmSuffix}, the key store domains of this cloud.`,
  );
}

const accessPolicy = object({
  objectId: text,
  applicationId: optional(text),
  permissions: optional(object({ keys: optional(listOf(text)) })),
});

/** A key vault or Managed HSM as ARM shows it. Each setting may be absent: then it was never set. */
const keyStore = {
  noun: "a key vault or Managed HSM",
  shape: object({
    id: text,
    location: optional(text),
    properties: object({
      tenantId: optional(text),
      enableSoftDelete: optional(flag),
      enablePurgeProtection: optional(flag),
      enableRbacAuthorization: optional(flag),
      /** Of a Managed HSM: its data plane. */
      hsmUri: optional(text),
      publicNetworkAccess: optional(text),
      networkAcls: optional(object({ defaultAction: optional(text) })),
      accessPolicies: optional(listOf(accessPolicy)),
    }),
  }),
} satisfies Kind<unknown>;
export type KeyStoreResource = Of<typeof keyStore.shape>;

/** https://learn.microsoft.com/rest/api/resources/resources/list */
const anyResource = { noun: "a resource", shape: object({ id: text }) } satisfies Kind<unknown>;

const types = { KeyVault: "Microsoft.KeyVault/vaults", ManagedHsm: "Microsoft.KeyVault/managedHSMs" };

/** Undefined where its own 404 and the list of its subscription both say that there is none. */
export async function getKeyStore(
  client: ArmClient,
  id: string,
  options: OperationOptions,
): Promise<KeyStoreResource | undefined> {
  const found = await find(client, { path: id, apiVersion: keyVaultApiVersion }, keyStore, options);
  if (found) return found;
  const [, , subscriptionId = ""] = id.split("/");
  const kind = /\/managedHSMs\//i.test(id) ? "ManagedHsm" : "KeyVault";
  const listed = await idIn(client, { kind, store: id.slice(id.lastIndexOf("/") + 1) }, subscriptionId, options);
  if (listed?.toLowerCase() !== id.toLowerCase()) return undefined;
  throw new UnexpectedResponse(operationName("GET", id), "HTTP 404, although Azure lists it", false);
}

/**
 * The key store by its name, wherever this identity may look. None found is no proof that there is none: the name may
 * belong to a subscription that cannot be seen. That the name is free is one.
 *
 * @throws NoKeyStore where there is none
 */
export async function findKeyStore(
  client: ArmClient,
  address: KeyAddress,
  home: string | undefined,
  options: OperationOptions,
): Promise<KeyStoreResource> {
  const here = home && (await idIn(client, address, home, options));
  const others = here ? [] : await othersThan(client, home, options);
  const id = here || (await idAnywhere(client, address, others, options));
  const found = id && (await getKeyStore(client, id, options));
  if (found) return found;
  const what = address.kind === "KeyVault" ? "key vault" : "Managed HSM";
  const from = home ?? others[0];
  if (from && (await isFree(client, address, from, options)))
    throw new NoKeyStore(`the ${what} "${address.store}" does not exist: its name is not taken in this cloud.`);
  throw new Error(
    `the ${what} "${address.store}" was not found in any visible subscription. ` +
      "It does not exist, or the caller lacks the Reader role on it.",
  );
}

/** Everyone sees a few subscriptions, a service provider perhaps hundreds: those are too many to ask. */
const maxSubscriptions = 50;

/**
 * Whoever may not ask does not know it.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/check-name-availability
 */
async function isFree(
  client: ArmClient,
  { kind, store }: KeyAddress,
  subscriptionId: string,
  options: OperationOptions,
) {
  const operation = { KeyVault: "checkNameAvailability", ManagedHsm: "checkMhsmNameAvailability" }[kind];
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/${operation}`;
  const body = { name: store, ...(kind === "KeyVault" && { type: types[kind] }) };
  try {
    const response = await client.send({ method: "POST", path, apiVersion: keyVaultApiVersion, body }, options);
    return (response.body as { nameAvailable?: boolean } | null)?.nameAvailable === true;
  } catch {
    return false;
  }
}

async function othersThan(client: ArmClient, home: string | undefined, options: OperationOptions): Promise<string[]> {
  const visible = await createSubscriptions(client).list(options);
  return visible.map(({ subscriptionId }) => subscriptionId).filter((each) => each !== home);
}

async function idAnywhere(client: ArmClient, address: KeyAddress, others: string[], options: OperationOptions) {
  const ids = await Promise.all(others.slice(0, maxSubscriptions).map((each) => idIn(client, address, each, options)));
  return ids.find(Boolean);
}

async function idIn(
  client: ArmClient,
  { kind, store }: Pick<KeyAddress, "kind" | "store">,
  subscriptionId: string,
  options: OperationOptions,
) {
  const read = {
    path: `/subscriptions/${subscriptionId}/resources`,
    apiVersion: resourcesApiVersion,
    query: { $filter: `resourceType eq '${types[kind]}' and name eq '${store}'` },
  };
  const found = await listAll(client, read, anyResource, options);
  // Names of key stores are unique in a cloud, and the same in any case.
  return found.find(({ id }) => id.toLowerCase().endsWith(`/${types[kind]}/${store}`.toLowerCase()))?.id;
}
