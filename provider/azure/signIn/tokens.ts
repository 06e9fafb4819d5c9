import type { AccessToken, TokenCredential } from "@azure/core-auth";
import { beforeDeadline, type OperationOptions } from "../http/deadline.js";
import { CredentialError } from "../http/errors.js";
import type { Cloud } from "./cloud.js";
import { createCredential } from "./credential.js";
import type { Settings } from "./settings.js";
import { signInFailure } from "./signInFailure.js";

export interface Tokens {
  /** A token that is still good for some minutes. @param refused a token that Azure did not take: get another one */
  get(options: OperationOptions, refused?: string): Promise<string>;
}

/** A token this close to its end could run out on the way. */
const marginMs = 120_000;
/** Whoever cannot sign in is told so for every vault; Entra is asked again only after this time. */
const failureHoldsMs = 20_000;

/**
 * The tokens of one identity for one service, asked for once by however many requests wait for one.
 *
 * @param scope what they are good for
 */
export function createTokens(settings: Settings, cloud: Cloud, scope: string): Tokens {
  let credential: Promise<TokenCredential> | undefined;
  let current: Promise<AccessToken> | undefined;

  function ask(): Promise<AccessToken> {
    const token = (async () => {
      credential ??= createCredential(settings, cloud);
      const given = await (await credential).getToken(scope);
      if (!given) throw new CredentialError("no credential returned a token.");
      return given;
    })().catch((error) => {
      throw signInFailure(error, settings, cloud);
    });
    token.catch(() => {
      credential = undefined;
      setTimeout(() => {
        if (current === token) current = undefined;
      }, failureHoldsMs).unref();
    });
    return token;
  }

  const late = () =>
    new CredentialError(`Signing in to Azure (${settings.signIn}) timed out. Check the network and the proxy.`);

  return {
    async get(options, refused) {
      current ??= ask();
      const held = current;
      const token = await beforeDeadline(held, options, late);
      const isRefused = token.token === refused;
      if (!isRefused && token.expiresOnTimestamp - Date.now() > marginMs) return token.token;
      if (current === held) {
        // A credential keeps its tokens, so only a new credential replaces a refused one.
        if (isRefused) credential = undefined;
        current = ask();
      }
      current ??= ask();
      return (await beforeDeadline(current, options, late)).token;
    },
  };
}

/** Who a token of Resource Manager is for. Every part may be absent: only Azure has to understand its tokens. */
export interface SignedIn {
  /** The directory's id of the user, the application or the managed identity. */
  objectId?: string;
  tenantId?: string;
  applicationId?: string;
  /** Of a user, such as `anna@contoso.com`. */
  userName?: string;
}

/** Reads a token without proving it: nothing but a message depends on it. */
export function signedInWith(token: string): SignedIn {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const text = (...names: string[]) => names.map((name) => claims[name]).find((value) => typeof value === "string");
    const userName = text("upn", "unique_name", "preferred_username");
    return {
      objectId: text("oid"),
      tenantId: text("tid"),
      // A user's token names the program that the user signed in with.
      applicationId: userName ? undefined : text("appid", "azp"),
      userName,
    };
  } catch {
    return {};
  }
}
