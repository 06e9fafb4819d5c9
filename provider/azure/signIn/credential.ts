import { readFile } from "node:fs/promises";
import type { TokenCredential } from "@azure/core-auth";
import { CredentialError } from "../http/errors.js";
import { send } from "../http/send.js";
import { libraries } from "../libraries.js";
import type { Cloud } from "./cloud.js";
import type { Settings } from "./settings.js";

/** Azure's own credential for the way of signing in that the settings chose. A new one each time: it caches tokens. */
export async function createCredential(settings: Settings, cloud: Cloud): Promise<TokenCredential> {
  if (settings.signIn === "managedIdentity" && settings.msiEndpoint)
    return managedIdentityAt(settings.msiEndpoint, settings.clientId);
  const identity = libraries.identity();
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
    const { response } = await send(
      { method: "GET", url: url.href, headers: { metadata: "true" }, insecure: true },
      "GET managed identity token",
      { deadline: Date.now() + 30_000 },
    );
    const { access_token, expires_on, expires_in } = (response.body ?? {}) as Record<string, string | undefined>;
    if (response.status !== 200 || !access_token)
      throw new CredentialError(
        `${url.origin} returned no token for the managed identity (HTTP ${response.status}). Check msiEndpoint and clientId.`,
      );
    const expiresOnTimestamp = expires_on ? Number(expires_on) * 1000 : Date.now() + Number(expires_in ?? 3600) * 1000;
    return { token: access_token, expiresOnTimestamp };
  },
});

/** https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect */
export async function githubToken(requestUrl: string, requestToken: string): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", "api://AzureADTokenExchange");
  const { response } = await send(
    { method: "GET", url: url.href, headers: { authorization: `Bearer ${requestToken}` } },
    "GET OIDC token",
    { deadline: Date.now() + 30_000 },
  );
  const { value } = (response.body ?? {}) as { value?: string };
  if (response.status === 200 && value) return value;
  throw new CredentialError(
    `${url.host} returned no OpenID Connect token (HTTP ${response.status}). Check that the job has the permission id-token: write.`,
  );
}

/** A certificate with its private key as PEM. azurerm takes PKCS#12 files (.pfx), @azure/identity only PEM. */
export async function pemFrom(path: string, password: string | undefined): Promise<string> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CredentialError(`The client certificate ${path} cannot be read: ${error.code}.`);
  });
  if (content.includes("-----BEGIN ")) return decrypted(content.toString("utf8"), path, password);
  const { default: forge } = await import("node-forge");
  try {
    const asn1 = forge.asn1.fromDer(content.toString("binary"));
    const pfx = forge.pkcs12.pkcs12FromAsn1(asn1, password ?? "");
    const { pkcs8ShroudedKeyBag = "", keyBag = "", certBag = "" } = forge.pki.oids;
    const bags = (bagType: string) => pfx.getBags({ bagType })[bagType] ?? [];
    const key = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)][0]?.key;
    const certificates = bags(certBag).flatMap(({ cert }) => (cert ? [forge.pki.certificateToPem(cert)] : []));
    if (key && certificates.length > 0) return [forge.pki.privateKeyToPem(key), ...certificates].join("\n");
  } catch {
    // A wrong password and a damaged file look alike, and the library's words help with neither.
  }
  throw new CredentialError(
    `The client certificate ${path} is neither PEM nor a PKCS#12 file that can be opened with the given password. ` +
      "Check clientCertificatePath and clientCertificatePassword.",
  );
}

/** Node decrypts the key; what @azure/identity gets is plain PEM. */
async function decrypted(pem: string, path: string, password: string | undefined): Promise<string> {
  if (!/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) return pem;
  const { createPrivateKey } = await import("node:crypto");
  try {
    const key = createPrivateKey({ key: pem, passphrase: password ?? "" }).export({ type: "pkcs8", format: "pem" });
    return [key, ...(pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])].join("\n");
  } catch {
    throw new CredentialError(
      `The private key in ${path} cannot be decrypted with the given clientCertificatePassword.`,
    );
  }
}
