import jwt from "jsonwebtoken";
import { type Call, operation } from "../http/operation.js";
import { ok, type Reply } from "../http/reply.js";
import { guid } from "../world.js";
import { entraRefusal } from "./entraError.js";
import { isKnownResource } from "./resources.js";
import { type Signing, signToken } from "./signing.js";

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export const tokenOperations = (signing: Signing) => [
  operation({
    name: "Token v2.0",
    method: "POST",
    path: "/{tenant}/oauth2/v2.0/token",
    answer(call) {
      const form = new URLSearchParams(call.request.body);
      const scope = form.get("scope");
      if (!scope) return missing("scope");
      const resource = scope.split(" ").find((part) => part.endsWith("/.default"));
      if (resource === undefined) {
        const text =
          `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
          "/.default suffixed to the resource identifier (application ID URI).";
        return entraRefusal(400, "invalid_scope", 1002012, text);
      }
      return grant(call, signing, form, resource.slice(0, -"/.default".length), "2.0");
    },
  }),
  operation({
    name: "Token v1.0",
    method: "POST",
    path: "/{tenant}/oauth2/token",
    answer(call) {
      const form = new URLSearchParams(call.request.body);
      const resource = form.get("resource");
      if (!resource) return missing("resource");
      return grant(call, signing, form, resource, "1.0");
    },
  }),
];

function grant(
  call: Call<"tenant">,
  signing: Signing,
  form: URLSearchParams,
  resource: string,
  version: string,
): Reply {
  const { world, settings, params, now, request } = call;
  const { clientId, clientSecret, objectId } = world.application;
  if (params.tenant.toLowerCase() !== world.tenantId) {
    const text =
      `Tenant '${params.tenant}' not found. Check to make sure you have the correct tenant ID and are signing into ` +
      "the correct cloud.";
    return entraRefusal(400, "invalid_request", 90002, text);
  }
  if (form.get("grant_type") !== "client_credentials") {
    const text = `The app requested an unsupported grant type '${form.get("grant_type") ?? ""}'.`;
    return entraRefusal(400, "unsupported_grant_type", 70003, text);
  }
  const client = form.get("client_id");
  if (!client) return missing("client_id");
  if (client.toLowerCase() !== clientId) {
    const text =
      `Application with identifier '${client}' was not found in the directory 'Emulator'. This can happen if the ` +
      "application has not been installed by the administrator of the tenant.";
    return entraRefusal(400, "unauthorized_client", 700016, text);
  }
  const refused = form.has("client_assertion")
    ? refuseAssertion(form, now)
    : refuseSecret(form, clientSecret, clientId);
  if (refused !== undefined) return refused;
  if (!isKnownResource(resource)) {
    const text =
      `The resource principal named ${resource} was not found in the tenant named Emulator. This can happen if the ` +
      "application has not been installed by the administrator of the tenant.";
    return entraRefusal(400, "invalid_resource", 500011, text);
  }
  const seconds = Math.floor(now / 1000);
  const access_token = signToken(signing, {
    aud: resource,
    iss: version === "2.0" ? `${request.origin}/${world.tenantId}/v2.0` : `https://sts.windows.net/${world.tenantId}/`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + settings.tokenSeconds,
    appid: clientId,
    idtyp: "app",
    oid: objectId,
    sub: objectId,
    tid: world.tenantId,
    uti: guid(),
    ver: "1.0",
  });
  const lifetime = { token_type: "Bearer", expires_in: settings.tokenSeconds, ext_expires_in: settings.tokenSeconds };
  if (version === "2.0") return ok({ ...lifetime, access_token });
  // Version 1 writes its numbers as text.
  return ok({
    token_type: "Bearer",
    expires_in: String(settings.tokenSeconds),
    ext_expires_in: String(settings.tokenSeconds),
    expires_on: String(seconds + settings.tokenSeconds),
    not_before: String(seconds),
    resource,
    access_token,
  });
}

function refuseSecret(form: URLSearchParams, secret: string, client: string): Reply | undefined {
  const given = form.get("client_secret");
  if (!given) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    return entraRefusal(401, "invalid_client", 7000218, text);
  }
  if (given === secret) return undefined;
  const text =
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the " +
    `client secret ID, for a secret added to app '${client}'.`;
  return entraRefusal(401, "invalid_client", 7000215, text);
}

/** Who signed it is not checked: there is no registered certificate and no identity provider to ask. */
function refuseAssertion(form: URLSearchParams, now: number): Reply | undefined {
  const type = form.get("client_assertion_type");
  if (type !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") return missing("client_assertion_type");
  const claims = jwt.decode(form.get("client_assertion") ?? "", { json: true });
  if (claims === null) return entraRefusal(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
  if (claims.exp !== undefined && claims.exp * 1000 > now) return undefined;
  const text = "Client assertion is not within its valid time range. Check its claims 'exp' and 'nbf'.";
  return entraRefusal(401, "invalid_client", 700024, text);
}

function missing(parameter: string): Reply {
  const text = `The request body must contain the following parameter: '${parameter}'.`;
  return entraRefusal(400, "invalid_request", 900144, text);
}
