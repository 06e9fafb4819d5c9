import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { credentialPath, findCredential } from "./path.js";

export const remove = operation({
  name: "FederatedIdentityCredentials_Delete",
  method: "DELETE",
  path: credentialPath,
  answer(call) {
    const found = findCredential(call);
    if (found === undefined) return noContent;
    call.world.federatedIdentityCredentials.delete(found.id.toLowerCase());
    return { status: 200 };
  },
});
