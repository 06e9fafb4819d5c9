import { operation } from "../../../http/operation.js";
import { keyPage } from "../keyPage.js";
import { keyPath, requireKey } from "./path.js";
import { showItem } from "./show.js";

export const listVersions = operation({
  name: "GetKeyVersions",
  method: "GET",
  path: `${keyPath}/versions`,
  answer(call) {
    const { store, key } = requireKey(call);
    return keyPage(call, key.versions, (version) => showItem(store, key, version, true));
  },
});
