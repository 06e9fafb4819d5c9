import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { ArmError } from "../arm/armError.js";
import type { Call, EmulatorRequest } from "../arm/operation.js";
import { tenantOf } from "../state/tenants.js";
import { guid, type World } from "../state/world.js";
import { isResourceManagerName, type Principal } from "./directory.js";

export interface Signing {
  /** Read once: every request shows a token that is held against it. */
  privateKey: KeyObject;
  publicKey: KeyObject;
  keyId: string;
  /** What these tokens say, of those that were verified last: a client shows one with each of its requests. */
  known: Map<string, jwt.JwtPayload>;
}

const mostKnown = 100;

export function signing(pem: string): Signing {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const written = publicKey.export({ type: "spki", format: "pem" });
  const keyId = createHash("sha256").update(written).digest("base64url").slice(0, 27);
  return { privateKey, publicKey, keyId, known: new Map() };
}

function signToken(signing: Signing, claims: object): string {
  return jwt.sign(claims, signing.privateKey, { algorithm: "RS256", keyid: signing.keyId });
}

export interface Issued {
  access_token: string;
  /** Seconds since 1970. */
  notBefore: number;
  expiresOn: number;
}

/**
 * A token of version 1.0, whichever endpoint it comes from: that is what the resources here ask for.
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#token-formats
 */
export function issueToken(
  { settings, now }: Call,
  signing: Signing,
  principal: Principal,
  resource: string,
  tenantId: string,
): Issued {
  const notBefore = Math.floor(now / 1000);
  const expiresOn = notBefore + settings.tokenSeconds;
  const access_token = signToken(signing, {
    aud: resource,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: notBefore,
    nbf: notBefore,
    exp: expiresOn,
    appid: principal.clientId,
    appidacr: principal.proof === "secret" ? "1" : "2",
    idp: `https://sts.windows.net/${tenantId}/`,
    idtyp: "app",
    oid: principal.objectId,
    sub: principal.objectId,
    tid: tenantId,
    uti: guid(),
    ver: "1.0",
    ...(principal.resourceId && { xms_mirid: principal.resourceId }),
  });
  return { access_token, notBefore, expiresOn };
}

/** Resource Manager looks at the token of every request. */
export function authenticate(world: World, signing: Signing, { headers, origin, path }: EmulatorRequest): void {
  const [scheme, token] = (headers.authorization ?? "").split(" ");
  const [, subscription = ""] = /^\/subscriptions\/([^/]+)/i.exec(path) ?? [];
  const tenant = tenantOf(world, subscription) ?? world.tenantId;
  const refuse = (code: string, message: string) => {
    const challenge = `Bearer authorization_uri="${origin}/${tenant}", error="invalid_token", error_description="${message}"`;
    return new ArmError(401, code, message, { headers: { "WWW-Authenticate": challenge } });
  };
  if (!token || scheme?.toLowerCase() !== "bearer") {
    throw refuse("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
  }
  const claims = verified(token, signing, refuse);
  if (!isResourceManagerName(String(claims.aud))) {
    const message =
      `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match ` +
      `with one of the allowed audiences '${origin}','https://management.azure.com/','https://management.core.windows.net/'.`;
    throw refuse("InvalidAuthenticationTokenAudience", message);
  }
  if (subscription !== "" && claims.tid !== tenant) {
    const message =
      `The access token is from the wrong issuer '${claims.iss}'. It must match the tenant 'https://sts.windows.net/${tenant}/' ` +
      `associated with this subscription. Please use the authority (URL) '${origin}/${tenant}' to get the token.`;
    throw refuse("InvalidAuthenticationTokenTenant", message);
  }
  for (const each of auxiliaryTokens(headers)) verified(each, signing, refuse);
}

/**
 * The tokens of other tenants that come with a request.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/authenticate-multi-tenant
 */
const auxiliaryTokens = (headers: EmulatorRequest["headers"]): string[] =>
  (headers["x-ms-authorization-auxiliary"] ?? "")
    .split(/[,;]/)
    .flatMap((each) => each.trim().replace(/^Bearer /i, "") || []);

/** The tenants of these tokens, which have been verified before. */
export const auxiliaryTenants = (headers: EmulatorRequest["headers"]): string[] =>
  auxiliaryTokens(headers).flatMap((token) => {
    const claims = jwt.decode(token, { json: true });
    return typeof claims?.tid === "string" ? [claims.tid] : [];
  });

function verified(
  token: string,
  signing: Signing,
  refuse: (code: string, message: string) => ArmError,
): jwt.JwtPayload {
  const { known, publicKey } = signing;
  const before = known.get(token);
  if (before?.exp !== undefined && before.exp > Date.now() / 1000) return before;
  try {
    const claims = jwt.verify(token, publicKey, { algorithms: ["RS256"], complete: false }) as jwt.JwtPayload;
    if (known.size === mostKnown) known.clear();
    known.set(token, claims);
    return claims;
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      const message = `The access token expiry UTC time '${error.expiredAt.toISOString()}' is earlier than current UTC time '${new Date().toISOString()}'.`;
      throw refuse("ExpiredAuthenticationToken", message);
    }
    throw refuse("InvalidAuthenticationToken", "The access token is invalid.");
  }
}
