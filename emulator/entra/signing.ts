import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";

export interface Signing {
  /** Read once: every request shows a token that is held against it. */
  privateKey: KeyObject;
  publicKey: KeyObject;
  keyId: string;
}

export function signing(pem: string): Signing {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const written = publicKey.export({ type: "spki", format: "pem" });
  return { privateKey, publicKey, keyId: createHash("sha256").update(written).digest("base64url").slice(0, 27) };
}

export function signToken(signing: Signing, claims: object): string {
  return jwt.sign(claims, signing.privateKey, { algorithm: "RS256", keyid: signing.keyId });
}
