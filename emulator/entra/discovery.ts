import { type Operation, ok, operation } from "../arm/operation.js";
import type { Signing } from "./accessToken.js";
import { entraRefusal } from "./directory.js";

export const openIdConfigurations: Operation[] = [
  openIdConfiguration("/{tenant}/v2.0/.well-known/openid-configuration", "v2.0"),
  openIdConfiguration("/{tenant}/.well-known/openid-configuration", "v1.0"),
];

function openIdConfiguration(
  path: "/{tenant}/v2.0/.well-known/openid-configuration" | "/{tenant}/.well-known/openid-configuration",
  version: string,
): Operation {
  return operation({
    name: `OpenID configuration ${version}`,
    method: "GET",
    path,
    // Of any tenant: Microsoft's libraries know Entra's own addresses by heart, and hear of a wrong tenant with the token.
    answer({ request: { origin }, params: { tenant }, world: { tenantId } }) {
      const v2 = version === "v2.0";
      return ok({
        token_endpoint: `${origin}/${tenant}/oauth2/${v2 ? "v2.0/" : ""}token`,
        token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        jwks_uri: `${origin}/${tenant}/discovery/${v2 ? "v2.0/" : ""}keys`,
        response_modes_supported: ["query", "fragment", "form_post"],
        subject_types_supported: ["pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
        scopes_supported: ["openid", "profile", "email", "offline_access"],
        issuer: v2 ? `${origin}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`,
        authorization_endpoint: `${origin}/${tenant}/oauth2/${v2 ? "v2.0/" : ""}authorize`,
        device_authorization_endpoint: `${origin}/${tenant}/oauth2/${v2 ? "v2.0/" : ""}devicecode`,
        end_session_endpoint: `${origin}/${tenant}/oauth2/${v2 ? "v2.0/" : ""}logout`,
        tenant_region_scope: null,
        cloud_instance_name: "microsoftonline.com",
        cloud_graph_host_name: "graph.windows.net",
        msgraph_host: "graph.microsoft.com",
      });
    },
  });
}

/** What lets a client believe that this host is an authority: it names itself. */
export const instanceDiscovery = operation({
  name: "Instance discovery",
  method: "GET",
  path: "/common/discovery/instance",
  answer({ request: { origin, query }, world: { tenantId } }) {
    const host = new URL(origin).host;
    const asked = query.get("authorization_endpoint");
    if (asked !== null && !(URL.canParse(asked) && new URL(asked).host === host)) {
      return entraRefusal(400, "invalid_instance", 50049, "Unknown or invalid instance.");
    }
    return ok({
      tenant_discovery_endpoint: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  },
});

export const signingKeys = (signing: Signing): Operation[] =>
  (["/{tenant}/discovery/v2.0/keys", "/{tenant}/discovery/keys"] as const).map((path) =>
    operation({
      name: "Signing keys",
      method: "GET",
      path,
      answer() {
        const { n, e } = signing.publicKey.export({ format: "jwk" });
        return ok({ keys: [{ kty: "RSA", use: "sig", kid: signing.keyId, n, e }] });
      },
    }),
  );
