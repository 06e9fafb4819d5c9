import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../vaultPath.js";
import { proxiesPath } from "./path.js";

export const list = operation({
  name: "DppResourceGuardProxy_List",
  method: "GET",
  path: proxiesPath,
  answer: (call) => page(call, [...requireVault(call).guardProxies.values()], (proxy) => proxy),
});
