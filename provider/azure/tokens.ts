import type { AccessToken, TokenCredential } from "@azure/core-auth";
import type { Cloud } from "./cloud.js";
import { createCredential } from "./credential.js";
import { CredentialError } from "./errors/credentialError.js";
import type { Settings } from "./settings.js";
import { signInFailure } from "./signInFailure.js";
import { type OperationOptions, remainingMs } from "./within.js";

export interface Tokens {
  /** A token that is still good for some minutes. @param refused a token that Azure did not take: get another one */
  get(within: OperationOptions, refused?: string): Promise<string>;
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
      if (!given) throw new CredentialError("no credential gave a token.");
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

  return {
    async get(within, refused) {
      current ??= ask();
      const held = current;
      const token = await beforeDeadline(held, settings, within);
      const isRefused = token.token === refused;
      if (!isRefused && token.expiresOnTimestamp - Date.now() > marginMs) return token.token;
      if (current === held) {
        // A credential keeps its tokens, so only a new credential replaces a refused one.
        if (isRefused) credential = undefined;
        current = ask();
      }
      current ??= ask();
      return (await beforeDeadline(current, settings, within)).token;
    },
  };
}

async function beforeDeadline<T>(promise: Promise<T>, { signIn }: Settings, within: OperationOptions): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new CredentialError(`Signing in to Azure (${signIn}) took too long. Check the network and the proxy.`)),
      remainingMs(within),
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
