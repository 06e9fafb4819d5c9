import { operation } from "../http/operation.js";
import { noContent } from "../http/reply.js";
import { requireVault, vaultPath } from "./vaultPath.js";

/** Takes the registration of a server away; none of these is emulated. */
export const deleteRegisteredIdentity = operation({
  name: "RegisteredIdentities_Delete",
  method: "DELETE",
  path: `${vaultPath}/registeredIdentities/{identityName}`,
  answer(call) {
    requireVault(call);
    return noContent;
  },
});
