import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { attributesOf, attributesShape, keyBody } from "./body.js";
import { requireKey, versionPaths } from "./path.js";
import { showKey } from "./show.js";

const shape = { key_ops: ["string"], attributes: attributesShape, tags: { "*": "string" } } as const;

export const update = versionPaths.map((path) =>
  operation({
    name: "UpdateKey",
    method: "PATCH",
    path,
    answer(call) {
      const { store, key, version } = requireKey(call);
      const { key_ops, attributes, tags } = keyBody(call.request, shape);
      Object.assign(version.attributes, attributesOf(attributes), { updated: Math.floor(call.now / 1000) });
      version.keyOps = key_ops ?? version.keyOps;
      version.tags = tags ?? version.tags;
      return ok(showKey(store, key, version));
    },
  }),
);
