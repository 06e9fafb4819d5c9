import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { ArmResource } from "../../../armResource.js";
import type { KeyVersion } from "../../records.js";

const curves: Record<string, string> = {
  "P-256": "prime256v1",
  "P-256K": "secp256k1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

export const isCurve = (name: string): boolean => Object.hasOwn(curves, name);

/** Made when it is needed for the first time. */
export function privateKeyOf(version: KeyVersion): KeyObject {
  if (version.privateKey !== undefined) return createPrivateKey(version.privateKey);
  const { privateKey } = version.kty.startsWith("RSA")
    ? generateKeyPairSync("rsa", { modulusLength: version.keySize ?? 2048 })
    : generateKeyPairSync("ec", { namedCurve: curves[version.curveName ?? "P-256"] as string });
  version.privateKey = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return privateKey;
}

/** What everybody may know of a key. */
export function publicPartOf(version: KeyVersion): ArmResource {
  const { n, e, x, y } = createPublicKey(privateKeyOf(version)).export({ format: "jwk" });
  return version.kty.startsWith("RSA") ? { n, e } : { crv: version.curveName, x, y };
}
