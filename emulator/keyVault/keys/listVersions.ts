import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { storeTypes } from "../stores/types.js";
import { keyPath, requireKey, showKey } from "./path.js";

export const listVersions = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_ListVersions" : "ManagedHsmKeys_ListVersions",
    method: "GET",
    path: `${keyPath(type)}/versions`,
    answer(call) {
      const { store, key } = requireKey(call, type);
      return page(call, key.versions, (version) => showKey(store, key, version));
    },
  }),
);
