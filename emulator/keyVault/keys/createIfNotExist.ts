import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { guid } from "../../world.js";
import { requireKeyVault } from "../vaults/path.js";
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
export const createIfNotExist = operation({
  name: "Keys_CreateIfNotExist",
  method: "PUT",
  path: keyPath,
  answer(call) {
    const keyVault = requireKeyVault(call);
    const { keyName } = call.params;
    const given = requestBody(call.request, shape);
    const existing = keyVault.keys.get(keyName.toLowerCase());
    if (existing !== undefined) return ok(showKey(keyVault, existing));
    const { kty, keySize, curveName, keyOps, attributes = {} } = given.properties ?? {};
    if (!["RSA", "RSA-HSM", "EC", "EC-HSM"].includes(kty)) {
      throw new ArmError(400, "BadRequest", `The key type '${kty}' is not one of RSA, RSA-HSM, EC and EC-HSM.`);
    }
    const seconds = Math.floor(call.now / 1000);
    const isRsa = kty.startsWith("RSA");
    const key = {
      name: keyName,
      tags: given.tags ?? {},
      versions: [
        {
          version: guid().replaceAll("-", ""),
          kty,
          ...(isRsa ? { keySize: keySize ?? 2048 } : { curveName: curveName ?? "P-256" }),
          keyOps:
            keyOps ?? (isRsa ? ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"] : ["sign", "verify"]),
          attributes: { enabled: true, ...attributes, created: seconds, updated: seconds },
        },
      ],
    };
    keyVault.keys.set(keyName.toLowerCase(), key);
    return ok(showKey(keyVault, key));
  },
});
