import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { credentialsOf } from "../federatedIdentityCredentials/path.js";
import { findIdentity, identityId, identityPath } from "./path.js";

/** Azure lets it go, also while vaults hold it: what needs it fails from then on. */
export const remove = operation({
  name: "UserAssignedIdentities_Delete",
  method: "DELETE",
  path: identityPath,
  answer(call) {
    const found = findIdentity(call);
    if (found === undefined) return noContent;
    call.world.userAssignedIdentities.delete(identityId(call).toLowerCase());
    for (const { id } of credentialsOf(call, found)) call.world.federatedIdentityCredentials.delete(id.toLowerCase());
    return { status: 200 };
  },
});
