import { type Call, ok, operation, type Reply } from "../arm/operation.js";
import { issueToken, type Signing } from "./accessToken.js";
import { refuseAssertion } from "./clientAssertion.js";
import { entraRefusal, isKnownResource, principalOf, refuseTenant, tenantNamed } from "./directory.js";

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export const tokenOperations = (signing: Signing) => [
  operation({
    name: "Token v2.0",
    method: "POST",
    path: "/{tenant}/oauth2/v2.0/token",
    answer(call) {
      const form = formOf(call);
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
      const form = formOf(call);
      const resource = form.get("resource");
      if (!resource) return missing("resource");
      return grant(call, signing, form, resource, "1.0");
    },
  }),
];

/** The client may also name itself in the header: RFC 6749, 2.3.1. */
function formOf({ request }: Call): URLSearchParams {
  const form = new URLSearchParams(request.body);
  const [scheme = "", encoded = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme.toLowerCase() !== "basic") return form;
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const decoded = new URLSearchParams(`client_id=${id}&client_secret=${secret}`);
  for (const [name, value] of decoded) if (!form.has(name)) form.set(name, value);
  return form;
}

function grant(
  call: Call<"tenant">,
  signing: Signing,
  form: URLSearchParams,
  resource: string,
  version: string,
): Reply {
  const { world, settings, params } = call;
  const foreign = refuseTenant(world, params.tenant);
  if (foreign !== undefined) return foreign;
  const grantType = form.get("grant_type");
  if (!grantType) return missing("grant_type");
  if (grantType !== "client_credentials") {
    const text = `The app requested an unsupported grant type '${grantType}'.`;
    return entraRefusal(400, "unsupported_grant_type", 70003, text);
  }
  const clientId = form.get("client_id");
  if (!clientId) return missing("client_id");
  const client = principalOf(world, clientId);
  if (client === undefined) {
    const text =
      `Application with identifier '${clientId}' was not found in the directory 'Emulator'. This can happen if the ` +
      "application has not been installed by the administrator of the tenant.";
    return entraRefusal(400, "unauthorized_client", 700016, text);
  }
  const assertion = form.get("client_assertion");
  const refused =
    assertion === null
      ? refuseSecret(form, client.resourceId === undefined ? world.application.clientSecret : undefined, clientId)
      : (refuseAssertionType(form) ?? refuseAssertion(call, client, assertion));
  if (refused !== undefined) return refused;
  if (!isKnownResource(resource)) {
    const text =
      `The resource principal named ${resource} was not found in the tenant named Emulator. This can happen if the ` +
      "application has not been installed by the administrator of the tenant.";
    return entraRefusal(400, "invalid_resource", 500011, text);
  }
  const proof = assertion === null ? "secret" : "certificate";
  const { access_token, notBefore, expiresOn } = issueToken(
    call,
    signing,
    { ...client, proof },
    resource,
    tenantNamed(world, params.tenant) ?? world.tenantId,
  );
  const lifetime = { token_type: "Bearer", expires_in: settings.tokenSeconds, ext_expires_in: settings.tokenSeconds };
  if (version === "2.0") return ok({ ...lifetime, access_token });
  // Version 1 writes its numbers as text.
  return ok({
    token_type: "Bearer",
    expires_in: String(settings.tokenSeconds),
    ext_expires_in: String(settings.tokenSeconds),
    expires_on: String(expiresOn),
    not_before: String(notBefore),
    resource,
    access_token,
  });
}

/** A user-assigned identity has no secret. */
function refuseSecret(form: URLSearchParams, secret: string | undefined, client: string): Reply | undefined {
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

function refuseAssertionType(form: URLSearchParams): Reply | undefined {
  const expected = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  return form.get("client_assertion_type") === expected ? undefined : missing("client_assertion_type");
}

function missing(parameter: string): Reply {
  const text = `The request body must contain the following parameter: '${parameter}'.`;
  return entraRefusal(400, "invalid_request", 900144, text);
}
