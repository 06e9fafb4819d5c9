import type { ArmClient } from "../armClient.js";
import { covers } from "../authorization/covers.js";
import { find, listAll } from "../reads.js";
import type { Within } from "../within.js";
import type { KeyStoreResource } from "./keyStore.js";
import type { KeyAddress } from "./keyUri.js";

export type Answer = "yes" | "no" | "unknown";

/** What an identity may do with a key. */
export interface Access {
  get: Answer;
  wrap: Answer;
  unwrap: Answer;
  /** True where access policies decide: then "no" is a proof. */
  proven: boolean;
}

export async function readAccess(
  client: ArmClient,
  { kind, key }: KeyAddress,
  store: KeyStoreResource,
  principalId: string | undefined,
  within: Within,
): Promise<Access> {
  // An identity that does not exist cannot have been given anything: Azure makes it with the write that needs it.
  if (principalId === undefined) return { get: "no", wrap: "no", unwrap: "no", proven: true };
  // Its roles lie inside the HSM, out of Resource Manager's sight.
  if (kind === "ManagedHsm") return { get: "unknown", wrap: "unknown", unwrap: "unknown", proven: false };
  if (!store.properties.enableRbacAuthorization) return byPolicies(store, principalId);
  return byRoles(client, `${store.id}/keys/${key}`, principalId, within);
}

function byPolicies({ properties }: KeyStoreResource, principalId: string): Access {
  const rights = (properties.accessPolicies ?? [])
    .filter(({ objectId }) => objectId.toLowerCase() === principalId.toLowerCase())
    .flatMap(({ permissions }) => permissions?.keys ?? [])
    .map((right) => right.toLowerCase());
  const may = (right: string): Answer => (rights.includes(right) || rights.includes("all") ? "yes" : "no");
  return { get: may("get"), wrap: may("wrapkey"), unwrap: may("unwrapkey"), proven: true };
}

interface RoleAssignment {
  properties: { roleDefinitionId: string; principalId: string; condition?: string | null };
}

interface RoleDefinition {
  properties: { permissions?: { dataActions?: string[]; notDataActions?: string[] }[] };
}

const apiVersion = "2022-04-01";

const actions = {
  get: "Microsoft.KeyVault/vaults/keys/read",
  wrap: "Microsoft.KeyVault/vaults/keys/wrap/action",
  unwrap: "Microsoft.KeyVault/vaults/keys/unwrap/action",
};

/** All roles that count at the key: its own, the key vault's, the group's and so on up, and those of the identity's groups. */
async function byRoles(client: ArmClient, scope: string, principalId: string, within: Within): Promise<Access> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
  const query = { $filter: `assignedTo('${principalId}')` };
  const assignments = await listAll<RoleAssignment>(client, { path, apiVersion, query }, within);
  const roles = await Promise.all(
    assignments.map(async ({ properties: { roleDefinitionId, condition } }) => {
      const role = await find<RoleDefinition>(client, { path: roleDefinitionId, apiVersion }, within);
      return { permissions: role?.properties.permissions, isConditional: Boolean(condition) };
    }),
  );
  const may = (action: string): Answer => {
    const granting = roles.filter(({ permissions }) => permissions?.some((each) => allows(each, action)));
    if (granting.some(({ isConditional }) => !isConditional)) return "yes";
    return granting.length > 0 || roles.some(({ permissions }) => !permissions) ? "unknown" : "no";
  };
  return { get: may(actions.get), wrap: may(actions.wrap), unwrap: may(actions.unwrap), proven: false };
}

function allows(
  { dataActions = [], notDataActions = [] }: { dataActions?: string[]; notDataActions?: string[] },
  action: string,
) {
  return dataActions.some((each) => covers(each, action)) && !notDataActions.some((each) => covers(each, action));
}
