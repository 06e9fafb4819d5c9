import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { findIdentity, identityId, identityPath } from "./path.js";

/** Azure lets it go, also while vaults hold it: what needs it fails from then on. */
export const remove = operation({
  name: "UserAssignedIdentities_Delete",
  method: "DELETE",
  path: identityPath,
  answer(call) {
    if (findIdentity(call) === undefined) return noContent;
    call.world.userAssignedIdentities.delete(identityId(call).toLowerCase());
    return { status: 200 };
  },
});
