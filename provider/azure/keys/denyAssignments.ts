import { isValue } from "../../vaults/values.js";
import { authorizationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { flag, type Kind, listOf, type Of, object, optional, shown, text } from "../reading/shapes.js";
import { type Access, allows, keyActions, permission } from "./rights.js";

const principal = object({ id: optional(text), type: optional(text) });
type Principal = Of<typeof principal>;

/** https://learn.microsoft.com/azure/role-based-access-control/deny-assignments */
const denyAssignment = {
  noun: "a deny assignment",
  isInherited: true,
  shape: object({
    properties: object({
      denyAssignmentName: shown,
      permissions: optional(listOf(permission)),
      principals: optional(listOf(principal)),
      excludePrincipals: optional(listOf(principal)),
      doNotApplyToChildScopes: optional(flag),
      scope: optional(text),
    }),
  }),
} satisfies Kind<unknown>;
type DenyAssignment = Of<typeof denyAssignment.shape>;

/** All principals of the directory. */
const everyone = "00000000-0000-0000-0000-000000000000";

/** The rights that a deny assignment takes away, whatever roles grant them. Only "no" where that is certain. */
export async function readDenied(
  client: ArmClient,
  scope: string,
  principalId: string,
  options: OperationOptions,
): Promise<Partial<Access>> {
  const path = `${scope}/providers/Microsoft.Authorization/denyAssignments`;
  const read = { path, apiVersion: authorizationApiVersion, query: { $filter: "atScope()" } };
  try {
    const denials = (await listAll(client, read, denyAssignment, options)).filter((each) => isFor(each, scope));
    return deniedAmong(denials, principalId);
  } catch (error) {
    return { unseen: error instanceof Error ? error.message : String(error) };
  }
}

const isFor = ({ properties }: DenyAssignment, scope: string) =>
  !properties.doNotApplyToChildScopes || properties.scope?.toLowerCase() === scope.toLowerCase();

function deniedAmong(denials: DenyAssignment[], principalId: string): Partial<Access> {
  const found: Partial<Access> = {};
  for (const { properties } of denials) {
    const { permissions = [], principals = [], excludePrincipals = [] } = properties;
    const names = (list: Principal[], id: string) => list.some((each) => each.id?.toLowerCase() === id);
    const me = principalId.toLowerCase();
    if (names(excludePrincipals, me)) continue;
    const isMeant = names(principals, me) || names(principals, everyone);
    // Whether the identity is in a group, meant or excluded, is not for us to see.
    const isCertain = isMeant && !excludePrincipals.some(({ type }) => isValue("Group", type));
    if (!isMeant && !principals.some(({ type }) => isValue("Group", type))) continue;
    for (const right of ["get", "wrap", "unwrap"] as const) {
      if (!permissions.some((each) => allows(each, keyActions[right]))) continue;
      if (isCertain) {
        found[right] = "no";
        found.deniedBy ??= properties.denyAssignmentName ?? "a deny assignment";
      } else found[right] ??= "unknown";
    }
  }
  return found;
}
