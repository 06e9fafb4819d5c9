import { createHash, X509Certificate } from "node:crypto";
import jwt from "jsonwebtoken";
import type { Call, Reply } from "../arm/operation.js";
import type { FederatedCredential } from "../state/identityRecords.js";
import type { World } from "../state/world.js";
import { entraRefusal, type Known } from "./directory.js";

/**
 * A client that proves who it is by a signed token: its own, with the key of a certificate that is registered on it, or
 * one of an identity provider that it trusts.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function refuseAssertion(call: Call<"tenant">, client: Known, assertion: string): Reply | undefined {
  const decoded = decode(assertion);
  if (decoded === undefined) {
    return entraRefusal(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
  }
  const { header, payload } = decoded;
  const seconds = call.now / 1000;
  const isInTime = Number(payload.exp) > seconds && !(Number(payload.nbf ?? 0) > seconds + clockSkewSeconds);
  if (!isInTime) {
    const text = "Client assertion is not within its valid time range. Check its claims 'exp' and 'nbf'.";
    return entraRefusal(401, "invalid_client", 700024, text);
  }
  // Its own word for itself is what tells the two apart.
  if (String(payload.iss).toLowerCase() !== client.clientId) {
    return refuseFederatedToken(call, client, { assertion, payload });
  }
  if (String(payload.sub).toLowerCase() !== client.clientId) {
    const text = "Client assertion application identifier doesn't match 'client_id' parameter.";
    return entraRefusal(401, "invalid_client", 700021, text);
  }
  if (!isForTenant(payload.aud, call.params.tenant)) {
    const text = "Client assertion audience claim does not match Realm issuer.";
    return entraRefusal(401, "invalid_client", 700023, text);
  }
  return refuseSignature(call, client, assertion, header);
}

/** Undefined: it is no JSON, or its claims are no object. */
function decode(assertion: string): { header: Record<string, unknown>; payload: jwt.JwtPayload } | undefined {
  try {
    const decoded = jwt.decode(assertion, { complete: true, json: true });
    const claims: unknown = decoded?.payload;
    if (decoded === null || typeof claims !== "object" || claims === null) return undefined;
    return { header: { ...decoded.header }, payload: claims as jwt.JwtPayload };
  } catch {
    return undefined;
  }
}

const clockSkewSeconds = 300;

/** The tenant's token endpoint or its issuer, by whichever name the client knows this host. */
function isForTenant(audience: unknown, tenant: string): boolean {
  return typeof audience === "string" && URL.canParse(audience) && firstPart(audience) === tenant.toLowerCase();
}

const firstPart = (url: string) => new URL(url).pathname.split("/")[1]?.toLowerCase();

function refuseSignature(
  { world, settings, now }: Call,
  client: Known,
  assertion: string,
  header: Record<string, unknown>,
): Reply | undefined {
  const registered =
    client.clientId === world.application.clientId
      ? [...settings.clientCertificates, ...world.application.certificates].map((pem) => new X509Certificate(pem))
      : [];
  const certificate = registered.find((known) => isNamedBy(header, known));
  if (certificate === undefined) return unregistered("The key was not found.", thumbprintOf(header));
  if (certificate.validToDate.getTime() < now) return unregistered("The key used is expired.", thumbprintOf(header));
  try {
    const publicKey = certificate.publicKey.export({ type: "spki", format: "pem" });
    jwt.verify(assertion, publicKey, { algorithms: ["RS256", "PS256"], ignoreExpiration: true, ignoreNotBefore: true });
    return undefined;
  } catch {
    return unregistered("The signature does not fit the key.", thumbprintOf(header));
  }
}

/** By its SHA-1 or SHA-256 fingerprint, in Base64url. */
function isNamedBy(header: Record<string, unknown>, { raw }: X509Certificate): boolean {
  const is = (given: unknown, algorithm: string) =>
    typeof given === "string" && plain(given) === createHash(algorithm).update(raw).digest("base64url");
  return is(header.x5t, "sha1") || is(header["x5t#S256"], "sha256");
}

/** Some clients write Base64 where Base64url is expected, and Entra takes it. */
function plain(text: string): string {
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function thumbprintOf(header: Record<string, unknown>): string {
  const given = header.x5t ?? header["x5t#S256"];
  return typeof given === "string" ? Buffer.from(given, "base64url").toString("hex").toUpperCase() : "";
}

function unregistered(reason: string, thumbprint: string): Reply {
  const text =
    "The certificate with identifier used to sign the client assertion is not registered on application. " +
    `[Reason - ${reason}, Thumbprint of key used by client: '${thumbprint}']`;
  return entraRefusal(401, "invalid_client", 700027, text);
}

const usualAudiences = ["api://AzureADTokenExchange"];

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
function refuseFederatedToken(
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
