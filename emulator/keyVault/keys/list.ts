import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireKeyVault } from "../vaults/path.js";
import { keysPath, showKey } from "./path.js";

export const list = operation({
  name: "Keys_List",
  method: "GET",
  path: keysPath,
  answer(call) {
    const keyVault = requireKeyVault(call);
    return page(call, [...keyVault.keys.values()], (key) => showKey(keyVault, key));
  },
});
