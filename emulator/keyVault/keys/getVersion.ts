import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { storeTypes } from "../stores/types.js";
import { keyNotFound, keyPath, requireKey, showKey } from "./path.js";

export const getVersion = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_GetVersion" : "ManagedHsmKeys_GetVersion",
    method: "GET",
    path: `${keyPath(type)}/versions/{keyVersion}`,
    answer(call) {
      const { store, key } = requireKey(call, type);
      const found = key.versions.find(({ version }) => version === call.params.keyVersion);
      if (found === undefined) throw keyNotFound(`${key.name}/${call.params.keyVersion}`);
      return ok(showKey(store, key, found));
    },
  }),
);
