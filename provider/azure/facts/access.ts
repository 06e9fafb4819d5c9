import type { ArmClient } from "../armClient.js";
import type { OperationOptions } from "../within.js";
import { readDenied } from "./denied.js";
import type { KeyStoreResource } from "./keyStore.js";
import type { KeyAddress } from "./keyUri.js";
import { byLocalRoles } from "./localRoles.js";
import type { Access, HttpResponse } from "./rights.js";
import { byRoles } from "./roles.js";

export async function readAccess(
  client: ArmClient,
  { kind, key }: KeyAddress,
  store: KeyStoreResource,
  principalId: string | undefined,
  within: OperationOptions,
): Promise<Access> {
  // An identity that does not exist cannot have been given anything: Azure makes it with the write that needs it.
  if (principalId === undefined) return { get: "no", wrap: "no", unwrap: "no", proven: true };
  if (kind === "ManagedHsm") return byLocalRoles(client, store, key, principalId, within);
  if (!store.properties.enableRbacAuthorization) return byPolicies(store, principalId);
  const scope = `${store.id}/keys/${key}`;
  const [granted, denied] = await Promise.all([
    byRoles(client, scope, principalId, within),
    readDenied(client, scope, principalId, within),
  ]);
  return { ...granted, ...denied, proven: denied.deniedBy !== undefined };
}

function byPolicies({ properties }: KeyStoreResource, principalId: string): Access {
  const rights = (properties.accessPolicies ?? [])
    // What it may do through an application only is nothing that a vault's identity could use.
    .filter((each) => each.objectId.toLowerCase() === principalId.toLowerCase() && !each.applicationId)
    .flatMap(({ permissions }) => permissions?.keys ?? [])
    .map((right) => right.toLowerCase());
  const may = (right: string): HttpResponse => (rights.includes(right) || rights.includes("all") ? "yes" : "no");
  return { get: may("get"), wrap: may("wrapkey"), unwrap: may("unwrapkey"), proven: true };
}
