import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { atScopes } from "../localScope.js";
import { requireLocalAssignment } from "./find.js";

export const get = atScopes("roleAssignments/{roleAssignmentName}").map((path) =>
  operation({
    name: "RoleAssignments_Get",
    method: "GET",
    path,
    answer: (call) => ok(requireLocalAssignment(call).body),
  }),
);
