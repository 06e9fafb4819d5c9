import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { proxiesPath } from "./path.js";

export const list = operation({
  name: "ResourceGuardProxies_Get",
  method: "GET",
  path: proxiesPath,
  answer: (call) => page(call, [...requireVault(call).guardProxies.values()], (proxy) => proxy),
});
