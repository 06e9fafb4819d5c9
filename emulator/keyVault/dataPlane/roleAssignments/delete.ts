import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { atScopes } from "../localScope.js";
import { hsmOf } from "../storeOf.js";
import { requireLocalAssignment } from "./find.js";

export const remove = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Delete",
    method: "DELETE",
    path,
    answer(call) {
      const { body } = requireLocalAssignment(call);
      hsmOf(call).roleAssignments.delete(body.name.toLowerCase());
      return ok(body);
    },
  }),
);
