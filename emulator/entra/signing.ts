import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import jwt from "jsonwebtoken";

export interface Signing {
  privateKey: string;
  publicKey: string;
  keyId: string;
}

export function signing(privateKey: string): Signing {
  const publicKey = createPublicKey(createPrivateKey(privateKey)).export({ type: "spki", format: "pem" }) as string;
  return { privateKey, publicKey, keyId: createHash("sha256").update(publicKey).digest("base64url").slice(0, 27) };
}

export function signToken(signing: Signing, claims: object): string {
  return jwt.sign(claims, signing.privateKey, { algorithm: "RS256", keyid: signing.keyId });
}
