import jwt from "jsonwebtoken";
import { resourceName } from "../../entra/resources.js";
import type { Signing } from "../../entra/signing.js";
import { ArmError } from "../../http/armError.js";
import type { EmulatorRequest } from "../../http/request.js";
import type { World } from "../../world.js";
import { isManagedHsm, type Store } from "../stores/types.js";
import type { Caller } from "./authorize.js";

/**
 * A first request without a token is how clients learn where to sign in.
 * https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
 */
export function authenticateAt(store: Store, world: World, signing: Signing, request: EmulatorRequest): Caller {
  const audience = isManagedHsm(store) ? "https://managedhsm.azure.net" : "https://vault.azure.net";
  const challenge = `Bearer authorization="${request.authority}/${world.tenantId}", resource="${audience}"`;
  const refuse = (message: string, error = "") =>
    new ArmError(401, "Unauthorized", message, { headers: { "WWW-Authenticate": `${challenge}${error}` } });
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  if (!token || scheme?.toLowerCase() !== "bearer") {
    throw refuse("AKV10000: Request is missing a Bearer or PoP token.");
  }
  const claims = claimsOf(token, signing, refuse);
  const found = String(claims.aud);
  if (resourceName(found) === audience) return { appid: claims.appid, oid: claims.oid, iss: String(claims.iss) };
  throw refuse(`AKV10022: Invalid audience. Expected ${audience}, found: ${found}.`, ', error="invalid_token"');
}

function claimsOf(token: string, signing: Signing, refuse: (message: string, error: string) => ArmError) {
  try {
    return jwt.verify(token, signing.publicKey, { algorithms: ["RS256"], complete: false }) as jwt.JwtPayload;
  } catch (error) {
    const fact = error instanceof jwt.TokenExpiredError ? "Token has expired" : "The token cannot be validated";
    throw refuse(`AKV10000: ${fact}.`, ', error="invalid_token"');
  }
}
