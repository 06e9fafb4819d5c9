import { randomUUID } from "node:crypto";
import { readArmError } from "../http/armError.js";
import type { OperationOptions } from "../http/deadline.js";
import { ForeignHostError, UnexpectedResponse } from "../http/errors.js";
import type { HttpRequest, HttpResponse } from "../http/http.js";
import { send } from "../http/send.js";
import { whatIs } from "../reading/shapes.js";
import { type Cloud, findCloud, managedHsmOrigin } from "../signIn/cloud.js";
import type { Settings } from "../signIn/settings.js";
import { createTokens, type SignedIn, signedInWith, type Tokens } from "../signIn/tokens.js";

export interface ArmRequest {
  method: HttpRequest["method"];
  /** An ARM id or another path below Resource Manager. */
  path: string;
  apiVersion: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

/** One service of one cloud, for one identity. Throws unless the response is a 2xx. */
export interface ServiceClient {
  send(request: ArmRequest, options: OperationOptions): Promise<HttpResponse>;
  /**
   * Sends a request that Microsoft's own client has made: only to this service, and with our token.
   *
   * @param from the operation whose response held the URL, if one did
   */
  forward(request: HttpRequest, options: OperationOptions, from?: string): Promise<HttpResponse>;
  /** GETs a URL that Azure gave, unchanged: it is signed. @param operation whose response held it */
  getLink(url: string, operation: string, options: OperationOptions): Promise<HttpResponse>;
}

/** Resource Manager. */
export interface ArmClient extends ServiceClient {
  cloud(options: OperationOptions): Promise<Cloud>;
  /** Gets a token, and tells whose. */
  signIn(options: OperationOptions): Promise<SignedIn>;
  /**
   * The data plane of one Managed HSM, with tokens that are good for Managed HSMs only.
   *
   * @param hsmUri as Resource Manager told it
   * @param scope `/`, or the path of a key: roles are given there
   */
  managedHsm(hsmUri: string, scope: string): ServiceClient;
}

/**
 * Whether a request is about a resource guard, which may be in another tenant: Resource Manager then needs a token of that tenant
 * besides. https://learn.microsoft.com/azure/azure-resource-manager/management/authenticate-multi-tenant
 */
function isAboutGuard({ method, body }: HttpRequest): boolean {
  if (method === "GET" || typeof body !== "object" || body === null) return false;
  const { properties, resourceGuardOperationRequests: given } = body as Record<string, unknown>;
  const { resourceGuardOperationRequests: inside, resourceGuardResourceId } = (properties ?? {}) as Record<
    string,
    unknown
  >;
  return (
    [given, inside].some((each) => Array.isArray(each) && each.length > 0) || resourceGuardResourceId !== undefined
  );
}

/** Resource Manager's code for a token of another tenant than the subscription's. The challenge names the right one. */
function tenantAsked({ status, headers, body }: HttpResponse): string | undefined {
  const { error } = (body ?? {}) as { error?: { code?: string } };
  if (status !== 401 || error?.code !== "InvalidAuthenticationTokenTenant") return undefined;
  return /authorization_uri="[^"]*\/([0-9a-f-]{36})\/?"/i.exec(headers["www-authenticate"] ?? "")?.[1];
}

/** One for the process: Microsoft's support finds all requests of one run by it. */
const correlationId = randomUUID();

interface Service {
  url: string;
  /** What a token is asked for. */
  audience: string;
}

export function createArmClient(settings: Settings): ArmClient {
  const cloud = (options: OperationOptions) => findCloud(settings, options);
  const tokensFor = new Map<string, Tokens>();

  /** @param tenantId another one than the settings'. A managed identity has tokens of its own tenant only */
  function tokensOf(here: Cloud, audience: string, tenantId = settings.tenantId): Tokens {
    const key = `${tenantId} ${audience}`;
    const tokens = tokensFor.get(key) ?? createTokens({ ...settings, tenantId }, here, audience);
    tokensFor.set(key, tokens);
    return tokens;
  }

  const otherTenants = settings.signIn === "managedIdentity" ? [] : settings.auxiliaryTenantIds;

  /** The header with the tokens of the other tenants, which goes to Resource Manager alone. */
  async function auxiliary(
    request: HttpRequest,
    { audience }: Service,
    here: Cloud,
    options: OperationOptions,
  ): Promise<Record<string, string>> {
    if (otherTenants.length === 0 || audience !== here.scope || !isAboutGuard(request)) return {};
    const tokens = await Promise.all(otherTenants.map((each) => tokensOf(here, audience, each).get(options)));
    return { "x-ms-authorization-auxiliary": tokens.map((token) => `Bearer ${token}`).join(", ") };
  }

  async function request(
    request: HttpRequest,
    operation: string,
    service: Service,
    here: Cloud,
    options: OperationOptions,
  ) {
    let tokens = tokensOf(here, service.audience);
    let token = await tokens.get(options);
    const more = await auxiliary(request, service, here, options);
    let { response, responseLost } = await send(authorized(request, token, more), operation, options);
    if (response.status === 401) {
      // What is in another tenant, as a guard may be, is read with a token of that tenant.
      const other = tenantAsked(response);
      const isKnown = other !== undefined && otherTenants.some((each) => each.toLowerCase() === other.toLowerCase());
      if (isKnown) tokens = tokensOf(here, service.audience, other);
      token = await tokens.get(options, isKnown ? undefined : token);
      const again = await send(authorized(request, token, more), operation, options);
      [response, responseLost] = [again.response, responseLost || again.responseLost];
    }
    if (response.status >= 200 && response.status < 300) return believable(request, response, operation);
    const isUnsure = request.method !== "GET" && (responseLost || response.status >= 500);
    throw readArmError(operation, response, isUnsure);
  }

  const at = (serviceOf: (cloud: Cloud) => Service): ServiceClient => ({
    async send({ method, path, apiVersion, query, headers, body }, options) {
      const here = await cloud(options);
      const service = serviceOf(here);
      const url = new URL(service.url + encoded(path));
      // As Microsoft's clients write a space; `+` is one only for some servers.
      url.search = new URLSearchParams({ ...query, "api-version": apiVersion }).toString().replaceAll("+", "%20");
      return request({ method, url: url.href, headers, body }, operationName(method, path), service, here, options);
    },

    async forward(asked, options, from) {
      const here = await cloud(options);
      const service = serviceOf(here);
      const operation = operationName(asked.method, decodeURIComponent(new URL(asked.url).pathname));
      mustBeAt(service.url, asked.url, from ?? operation);
      return request(asked, operation, service, here, options);
    },

    async getLink(url, operation, options) {
      const here = await cloud(options);
      const service = serviceOf(here);
      const target = URL.canParse(url, service.url) ? new URL(url, service.url).href : undefined;
      if (!target)
        throw new UnexpectedResponse(operation, "it points to an invalid URL", !operation.startsWith("GET "));
      mustBeAt(service.url, target, operation);
      return request({ method: "GET", url: target }, operation, service, here, options);
    },
  });

  return {
    cloud,
    async signIn(options) {
      const here = await cloud(options);
      return signedInWith(await tokensOf(here, here.scope).get(options));
    },
    ...at(({ resourceManager, scope }) => ({ url: resourceManager, audience: scope })),
    managedHsm: (hsmUri, scope) =>
      at((here) => ({
        url: managedHsmOrigin(hsmUri, here) + scope,
        audience: `https://${here.managedHsmSuffix}/.default`,
      })),
  };
}

function mustBeAt(service: string, url: string, operation: string): void {
  const [expected, found] = [new URL(service).origin, new URL(url, service).origin];
  if (found !== expected) throw new ForeignHostError(operation, expected, found, !operation.startsWith("GET "));
}

/** A write that is answered at once is answered with what was written: anything else is not Azure's response. */
function believable({ method }: HttpRequest, response: HttpResponse, operation: string): HttpResponse {
  const { status, body } = response;
  const isNothing = body === undefined || body === null;
  const isOdd = isNothing ? status <= 201 : typeof body !== "object";
  if ((method !== "PUT" && method !== "PATCH") || !isOdd) return response;
  const found = body === undefined ? "no body" : whatIs(body);
  throw new UnexpectedResponse(operation, `HTTP ${status} with ${found} instead of an object`, true);
}

const authorized = (request: HttpRequest, token: string, more: Record<string, string>): HttpRequest => ({
  ...request,
  headers: {
    ...request.headers,
    ...more,
    authorization: `Bearer ${token}`,
    "x-ms-correlation-request-id": correlationId,
  },
});

/** Names are what the user wrote: they must stay one path segment each. */
function encoded(path: string): string {
  const segments = path.split("/");
  if (!path.startsWith("/") || segments.slice(1).some((each) => each === "" || each === "." || each === ".."))
    throw new Error(`"${path}" is not a valid ARM ID.`);
  return segments.map(encodeURIComponent).join("/");
}

/** How messages call a request: `PUT backupVaults/payroll`. */
export function operationName(method: string, path: string): string {
  const [, afterProvider] = /.*\/providers\/[^/]+\/(.+)$/i.exec(path) ?? [];
  const [, inSubscription] = /^\/subscriptions\/[^/]+\/(.+)$/i.exec(path) ?? [];
  return `${method} ${afterProvider ?? inSubscription ?? path.replace(/^\//, "")}`;
}
