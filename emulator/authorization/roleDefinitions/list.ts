import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import type { Role } from "../records.js";
import { rolesOf } from "../roles.js";
import { isAtOrAbove } from "../scope.js";
import { showRole } from "./show.js";

/** Custom roles are found where they may be assigned, and below. */
export const list = operation({
  name: "RoleDefinitions_List",
  method: "GET",
  path: "/{scope}/providers/Microsoft.Authorization/roleDefinitions",
  answer(call) {
    const scope = `/${call.params.scope}`;
    const wanted = filter(call.request.query.get("$filter"));
    const found = rolesOf(call.world).filter(
      (role) => wanted(role) && (role.assignableScopes ?? ["/"]).some((each) => isAtOrAbove(each, scope)),
    );
    return page(call, found, (role) => showRole(role, call.params.scope));
  },
});

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions-list */
function filter(text: string | null): (role: Role) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => test(part.trim()));
  return (role) => parts.every((matches) => matches(role));
}

function test(part: string): (role: Role) => boolean {
  if (/^atScope(AndBelow)?\(\)$/i.test(part)) return () => true;
  const [, field = "", value = ""] = /^(roleName|type)\s+eq\s+'([^']*)'$/i.exec(part) ?? [];
  const wanted = value.toLowerCase();
  if (/^roleName$/i.test(field)) return ({ roleName }) => roleName.toLowerCase() === wanted;
  if (/^type$/i.test(field))
    return ({ assignableScopes }) => (wanted === "customrole") === (assignableScopes !== undefined);
  throw new ArmError(400, "UnsupportedQuery", `The filter '${part}' is not supported.`);
}
