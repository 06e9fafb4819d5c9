import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requireVault, vaultPath } from "./vaultPath.js";

/** There is no network in the emulator. */
export const listPrivateLinkResources = operation({
  name: "PrivateLinkResources_List",
  method: "GET",
  path: `${vaultPath}/privateLinkResources`,
  answer(call) {
    requireVault(call);
    return ok({ value: [] });
  },
});
