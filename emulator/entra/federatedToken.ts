import jwt from "jsonwebtoken";
import type { Call } from "../http/operation.js";
import type { Reply } from "../http/reply.js";
import type { World } from "../world.js";
import { entraRefusal } from "./entraError.js";
import type { Known } from "./principal.js";
import type { FederatedCredential } from "./records.js";

const usualAudiences = ["api://AzureADTokenExchange"];

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
export function refuseFederatedToken(
  { world }: Call,
  client: Known,
  { assertion, payload }: { assertion: string; payload: jwt.JwtPayload },
): Reply | undefined {
  const trusted = trustedBy(world, client);
  // Nobody said whom the emulator's application trusts: everybody.
  if (trusted.length === 0 && client.resourceId === undefined) return undefined;
  const ofIssuer = trusted.filter(({ issuer }) => issuer === payload.iss);
  if (ofIssuer.length === 0) return noMatch(700211, "issuer", payload.iss);
  const ofSubject = ofIssuer.filter(({ subject }) => subject === payload.sub);
  if (ofSubject.length === 0) return noMatch(700213, "subject", payload.sub);
  const given = [payload.aud ?? []].flat();
  const found = ofSubject.find(({ audiences = usualAudiences }) => audiences.some((one) => given.includes(one)));
  if (found === undefined) return noMatch(700212, "audience", given.join(" "));
  if (found.publicKey === undefined || isSigned(assertion, found.publicKey)) return undefined;
  return entraRefusal(401, "invalid_client", 50013, "Assertion failed signature validation.");
}

function trustedBy({ application, federatedIdentityCredentials }: World, client: Known): FederatedCredential[] {
  if (client.resourceId === undefined) return application.federatedCredentials;
  const prefix = `${client.resourceId}/`.toLowerCase();
  return [...federatedIdentityCredentials]
    .filter(([id]) => id.startsWith(prefix))
    .map(([, { properties }]) => properties as FederatedCredential);
}

function isSigned(assertion: string, publicKey: string): boolean {
  try {
    jwt.verify(assertion, publicKey, { ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

function noMatch(code: number, what: string, given: unknown): Reply {
  const text = `No matching federated identity record found for presented assertion ${what} '${given}'.`;
  return entraRefusal(401, "invalid_client", code, text);
}
