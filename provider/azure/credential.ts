import { readFile } from "node:fs/promises";
import type { TokenCredential } from "@azure/core-auth";
import { pemFrom } from "./certificate.js";
import type { Cloud } from "./cloud.js";
import { CredentialError } from "./errors/credentialError.js";
import { managedIdentityAt } from "./managedIdentityAt.js";
import { githubToken } from "./oidc.js";
import type { Settings } from "./settings.js";

/** Azure's own credential for the way of signing in that the settings chose. A new one each time: it caches tokens. */
export async function createCredential(settings: Settings, cloud: Cloud): Promise<TokenCredential> {
  if (settings.signIn === "managedIdentity" && settings.msiEndpoint)
    return managedIdentityAt(settings.msiEndpoint, settings.clientId);
  const identity = await import("@azure/identity");
  const { tenantId = "", clientId = "" } = settings;
  const options = {
    authorityHost: cloud.authorityHost,
    disableInstanceDiscovery: settings.disableInstanceDiscovery || cloud.isCustom,
    additionallyAllowedTenants: settings.auxiliaryTenantIds,
  };
  switch (settings.signIn) {
    case "clientSecret":
      return new identity.ClientSecretCredential(tenantId, clientId, settings.clientSecret ?? "", options);
    case "clientCertificate":
      return new identity.ClientCertificateCredential(
        tenantId,
        clientId,
        { certificate: await pemFrom(settings.clientCertificatePath ?? "", settings.clientCertificatePassword) },
        options,
      );
    case "oidc":
      return {
        // The assertion first and by itself: MSAL would ask for it twice, and hide why there is none.
        async getToken(scopes) {
          const given = await assertion(settings);
          return new identity.ClientAssertionCredential(tenantId, clientId, async () => given, options).getToken(
            scopes,
          );
        },
      };
    case "managedIdentity":
      return new identity.ManagedIdentityCredential(settings.clientId ? { clientId: settings.clientId } : {});
    case "default":
      return new identity.DefaultAzureCredential({ ...options, tenantId: settings.tenantId });
  }
}

/** Read anew for each token: what stands in the file, or what GitHub gives, is short-lived. */
async function assertion({
  oidcToken,
  oidcTokenFilePath,
  oidcRequestUrl,
  oidcRequestToken,
}: Settings): Promise<string> {
  if (oidcToken) return oidcToken;
  if (!oidcTokenFilePath) return githubToken(oidcRequestUrl ?? "", oidcRequestToken ?? "");
  const content = await readFile(oidcTokenFilePath, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CredentialError(`The file ${oidcTokenFilePath} (oidcTokenFilePath) cannot be read: ${error.code}.`);
  });
  return content.trim();
}
