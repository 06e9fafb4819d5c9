import { createPrivateKey, type JsonWebKey } from "node:crypto";
import type { ArmResource } from "../../../armResource.js";
import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { newVersion } from "../../keys/newVersion.js";
import { isManagedHsm } from "../../stores/types.js";
import { storeOf } from "../storeOf.js";
import { addVersion } from "./addVersion.js";
import { attributesOf, attributesShape, badParameter, keyBody } from "./body.js";
import { keyPath } from "./path.js";
import { showKey } from "./show.js";

const shape = {
  Hsm: "boolean",
  key: { kty: "string", key_ops: ["string"] },
  attributes: attributesShape,
  tags: { "*": "string" },
} as const;

export const importKey = operation({
  name: "ImportKey",
  method: "PUT",
  path: keyPath,
  answer(call) {
    const store = storeOf(call);
    const { Hsm, key: jwk = {}, attributes, tags } = keyBody(call.request, shape);
    const type = String(jwk.kty).replace("-HSM", "");
    const inHardware = Hsm || isManagedHsm(store) || type !== jwk.kty;
    const { privateKey, keySize, curveName } = read({ ...jwk, kty: type });
    const kty = inHardware ? `${type}-HSM` : type;
    const given = { kty, keySize, curveName, keyOps: jwk.key_ops, attributes: attributesOf(attributes), tags };
    const version = { ...newVersion(store, given, call.now), privateKey };
    return ok(showKey(store, addVersion(call, version), version));
  },
});

function read(jwk: ArmResource) {
  try {
    const key = createPrivateKey({ key: jwk as JsonWebKey, format: "jwk" });
    const { modulusLength: keySize } = key.asymmetricKeyDetails ?? {};
    return { privateKey: key.export({ type: "pkcs8", format: "pem" }) as string, keySize, curveName: jwk.crv };
  } catch {
    // The reason that OpenSSL gives could show parts of the key.
    throw badParameter("The key is no private RSA or elliptic key as a JSON web key.");
  }
}
