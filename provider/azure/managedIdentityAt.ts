import type { TokenCredential } from "@azure/core-auth";
import { CredentialError } from "./errors/credentialError.js";
import { send } from "./send.js";

/**
 * A managed identity at an endpoint of the user's choice (`ARM_MSI_ENDPOINT`, which @azure/identity has no option for).
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http
 */
export const managedIdentityAt = (endpoint: string, clientId: string | undefined): TokenCredential => ({
  async getToken(scopes) {
    const url = new URL(endpoint);
    url.searchParams.set("api-version", "2018-02-01");
    url.searchParams.set("resource", [scopes].flat()[0]?.replace(/\/\.default$/, "") ?? "");
    if (clientId) url.searchParams.set("client_id", clientId);
    const { answer } = await send(
      { method: "GET", url: url.href, headers: { metadata: "true" }, insecure: true },
      "GET managed identity token",
      { deadline: Date.now() + 30_000 },
    );
    const { access_token, expires_on, expires_in } = (answer.body ?? {}) as Record<string, string | undefined>;
    if (answer.status !== 200 || !access_token)
      throw new CredentialError(
        `${url.origin} gave no token for the managed identity (HTTP ${answer.status}). Check msiEndpoint and clientId.`,
      );
    const expiresOnTimestamp = expires_on ? Number(expires_on) * 1000 : Date.now() + Number(expires_in ?? 3600) * 1000;
    return { token: access_token, expiresOnTimestamp };
  },
});
