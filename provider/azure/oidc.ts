import { CredentialError } from "./errors/credentialError.js";
import { send } from "./send.js";

/** https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect */
export async function githubToken(requestUrl: string, requestToken: string): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", "api://AzureADTokenExchange");
  const { answer } = await send(
    { method: "GET", url: url.href, headers: { authorization: `Bearer ${requestToken}` } },
    "GET OIDC token",
    { deadline: Date.now() + 30_000 },
  );
  const { value } = (answer.body ?? {}) as { value?: string };
  if (answer.status === 200 && value) return value;
  throw new CredentialError(
    `${url.host} gave no OpenID Connect token (HTTP ${answer.status}). Check that the job has the permission id-token: write.`,
  );
}
