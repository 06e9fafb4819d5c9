import type { RoleAssignment } from "../../../authorization/records.js";
import { ArmError } from "../../../http/armError.js";
import type { Call } from "../../../http/operation.js";
import { localScope } from "../localScope.js";
import { hsmOf } from "../storeOf.js";

export function requireLocalAssignment(call: Call<"scope" | "roleAssignmentName">): RoleAssignment {
  const found = hsmOf(call).roleAssignments.get(call.params.roleAssignmentName.toLowerCase());
  const scope = localScope(call.params).toLowerCase();
  if (found !== undefined && found.body.properties.scope.toLowerCase() === scope) return found;
  throw new ArmError(404, "RoleAssignmentNotFound", "Requested role assignment not found");
}
