import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { newVersion } from "../../keys/newVersion.js";
import { storeOf } from "../storeOf.js";
import { addVersion } from "./addVersion.js";
import { attributesOf, attributesShape, badParameter, keyBody } from "./body.js";
import { isCurve } from "./material.js";
import { keyPath } from "./path.js";
import { showKey } from "./show.js";

const shape = {
  kty: "string",
  key_size: "number",
  key_ops: ["string"],
  crv: "string",
  attributes: attributesShape,
  tags: { "*": "string" },
} as const;

export const create = operation({
  name: "CreateKey",
  method: "POST",
  path: `${keyPath}/create`,
  answer(call) {
    const store = storeOf(call);
    const { kty, key_size, key_ops, crv, attributes, tags } = keyBody(call.request, shape);
    if (key_size !== undefined && ![2048, 3072, 4096].includes(key_size)) {
      throw badParameter(`The key size ${key_size} is not supported: 2048, 3072 and 4096 are.`);
    }
    if (crv !== undefined && !isCurve(crv)) throw badParameter(`The curve '${crv}' is not supported.`);
    const given = {
      kty,
      keySize: key_size,
      keyOps: key_ops,
      curveName: crv,
      attributes: attributesOf(attributes),
      tags,
    };
    const version = newVersion(store, given, call.now);
    return ok(showKey(store, addVersion(call, version), version));
  },
});
