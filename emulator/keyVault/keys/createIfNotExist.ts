import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import type { KeyRecord } from "../records.js";
import { requireStore } from "../stores/path.js";
import { storeTypes } from "../stores/types.js";
import { isKeyName } from "./name.js";
import { newVersion, refuseDeletedName } from "./newVersion.js";
import { keyPath, showKey } from "./path.js";

const shape = {
  tags: { "*": "string" },
  properties: {
    kty: "string",
    keySize: "number",
    curveName: "string",
    keyOps: ["string"],
    attributes: { enabled: "boolean", nbf: "number", exp: "number" },
  },
} as const;

/** A key that is there already stays as it is: Resource Manager makes no second version. */
export const createIfNotExist = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Keys_CreateIfNotExist" : "ManagedHsmKeys_CreateIfNotExist",
    method: "PUT",
    path: keyPath(type),
    answer(call) {
      const store = requireStore(call, type);
      const { keyName: name } = call.params;
      const given = requestBody(call.request, shape);
      const existing = store.keys.get(name.toLowerCase());
      if (existing !== undefined) return ok(showKey(store, existing));
      if (!isKeyName(name)) throw new ArmError(400, "BadRequest", `The key name '${name}' is invalid.`);
      refuseDeletedName(store, name);
      const versions = [newVersion(store, { ...given.properties, tags: given.tags }, call.now)];
      const key: KeyRecord = { name, versions };
      store.keys.set(name.toLowerCase(), key);
      return ok(showKey(store, key));
    },
  }),
);
