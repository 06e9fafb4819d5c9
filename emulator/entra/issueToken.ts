import type { Call } from "../http/operation.js";
import { guid } from "../world.js";
import type { Principal } from "./principal.js";
import { type Signing, signToken } from "./signing.js";

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
export function issueToken(call: Call, signing: Signing, principal: Principal, resource: string): Issued {
  const { world, settings, now } = call;
  const notBefore = Math.floor(now / 1000);
  const expiresOn = notBefore + settings.tokenSeconds;
  const access_token = signToken(signing, {
    aud: resource,
    iss: `https://sts.windows.net/${world.tenantId}/`,
    iat: notBefore,
    nbf: notBefore,
    exp: expiresOn,
    appid: principal.clientId,
    appidacr: principal.proof === "secret" ? "1" : "2",
    idp: `https://sts.windows.net/${world.tenantId}/`,
    idtyp: "app",
    oid: principal.objectId,
    sub: principal.objectId,
    tid: world.tenantId,
    uti: guid(),
    ver: "1.0",
    ...(principal.resourceId && { xms_mirid: principal.resourceId }),
  });
  return { access_token, notBefore, expiresOn };
}
