import { type Call, ok, operation, type Reply } from "../arm/operation.js";
import { type Issued, issueToken, type Signing } from "./accessToken.js";
import { applicationOf, identities, isKnownResource, type Known } from "./directory.js";

/**
 * What a machine in Azure asks for a token: without naming an identity, its own one, which here is the application.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 */
export const managedIdentityOperations = (signing: Signing) => [
  operation({
    name: "Managed identity token of a virtual machine",
    method: "GET",
    path: "/metadata/identity/oauth2/token",
    answer(call) {
      if (call.request.headers.metadata?.toLowerCase() !== "true") {
        return refusal("invalid_request", "Required metadata header not specified");
      }
      return token(call, signing, ({ access_token, notBefore, expiresOn }, { clientId }, resource) => ({
        access_token,
        client_id: clientId,
        expires_in: String(expiresOn - notBefore),
        expires_on: String(expiresOn),
        ext_expires_in: String(expiresOn - notBefore),
        not_before: String(notBefore),
        resource,
        token_type: "Bearer",
      }));
    },
  }),
  // https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
  operation({
    name: "Managed identity token of App Service",
    method: "GET",
    path: "/msi/token",
    answer(call) {
      if (call.request.headers["x-identity-header"] !== call.world.application.clientSecret) {
        return { status: 401, body: { statusCode: 401, message: "Unauthorized" } };
      }
      return token(call, signing, ({ access_token, expiresOn }, { clientId }, resource) => ({
        access_token,
        client_id: clientId,
        expires_on: String(expiresOn),
        resource,
        token_type: "Bearer",
      }));
    },
  }),
];

function token(
  call: Call,
  signing: Signing,
  show: (issued: Issued, identity: Known, resource: string) => object,
): Reply {
  const { query } = call.request;
  const resource = query.get("resource");
  if (!resource) return refusal("invalid_request", "Required query variable 'resource' is missing");
  if (!isKnownResource(resource)) {
    return refusal("invalid_resource", `AADSTS500011: The resource principal named ${resource} was not found.`);
  }
  const identity = wanted(call);
  if (identity === undefined) return refusal("invalid_request", "Identity not found");
  const issued = issueToken(call, signing, { ...identity, proof: "certificate" }, resource, call.world.tenantId);
  return ok(show(issued, identity, resource));
}

/** By client id, object id or ARM id: clients spell the last one in two ways. */
function wanted({ world, request: { query } }: Call): Known | undefined {
  const clientId = query.get("client_id")?.toLowerCase();
  const objectId = (query.get("object_id") ?? query.get("principal_id"))?.toLowerCase();
  const resourceId = (query.get("msi_res_id") ?? query.get("mi_res_id"))?.toLowerCase();
  if ((clientId ?? objectId ?? resourceId) === undefined) return applicationOf(world);
  return [applicationOf(world), ...identities(world)].find(
    (known) =>
      known.clientId === clientId ||
      known.objectId === objectId ||
      (resourceId !== undefined && known.resourceId?.toLowerCase() === resourceId),
  );
}

function refusal(error: string, error_description: string): Reply {
  return { status: 400, body: { error, error_description } };
}
