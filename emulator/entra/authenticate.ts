import jwt from "jsonwebtoken";
import { ArmError } from "../http/armError.js";
import type { EmulatorRequest } from "../http/request.js";
import type { World } from "../world.js";
import { isResourceManagerName } from "./resources.js";
import type { Signing } from "./signing.js";

/** Resource Manager looks at the token of every request. */
export function authenticate(world: World, signing: Signing, { headers, origin }: EmulatorRequest): void {
  const [scheme, token] = (headers.authorization ?? "").split(" ");
  const refuse = (code: string, message: string) => {
    const challenge = `Bearer authorization_uri="${origin}/${world.tenantId}", error="invalid_token", error_description="${message}"`;
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
}

function verified(
  token: string,
  signing: Signing,
  refuse: (code: string, message: string) => ArmError,
): jwt.JwtPayload {
  try {
    return jwt.verify(token, signing.publicKey, { algorithms: ["RS256"], complete: false }) as jwt.JwtPayload;
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      const message = `The access token expiry UTC time '${error.expiredAt.toISOString()}' is earlier than current UTC time '${new Date().toISOString()}'.`;
      throw refuse("ExpiredAuthenticationToken", message);
    }
    throw refuse("InvalidAuthenticationToken", "The access token is invalid.");
  }
}
