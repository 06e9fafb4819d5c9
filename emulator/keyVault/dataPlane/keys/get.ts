import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { requireKey, versionPaths } from "./path.js";
import { showKey } from "./show.js";

export const get = versionPaths.map((path) =>
  operation({
    name: "GetKey",
    method: "GET",
    path,
    answer(call) {
      const { store, key, version } = requireKey(call);
      return ok(showKey(store, key, version));
    },
  }),
);
