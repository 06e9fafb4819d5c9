import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { keyPath, requireKey, showKey } from "./path.js";

export const listVersions = operation({
  name: "Keys_ListVersions",
  method: "GET",
  path: `${keyPath}/versions`,
  answer(call) {
    const { keyVault, key } = requireKey(call);
    return page(call, key.versions, (version) => showKey(keyVault, key, version));
  },
});
