import { generateKeyPairSync } from "node:crypto";
import jwt from "jsonwebtoken";

/** Somebody whose tokens Entra can be told to trust: a pipeline's platform, for example. */
export function identityProvider(issuer = "https://token.actions.example") {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    issuer,
    publicKey,
    /** A token of its, with some claims otherwise. */
    token: (claims: object = {}, key = privateKey) =>
      jwt.sign(
        { iss: issuer, sub: "repo:acme/payroll:main", aud: "api://AzureADTokenExchange", exp: soon(), ...claims },
        key,
        { algorithm: "RS256" },
      ),
  };
}

export const soon = () => Math.floor(Date.now() / 1000) + 60;
