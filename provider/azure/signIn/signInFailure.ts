import { CredentialError, isCredentialError } from "../http/errors.js";
import { connectionAdvice } from "../http/send.js";
import type { Cloud } from "./cloud.js";
import { type Settings, signInText } from "./settings.js";

/**
 * What a library threw instead of giving a token, in our words: only Entra's code and its first sentence are taken
 * over, for the rest may quote what was sent.
 */
export function signInFailure(error: unknown, settings: Settings, cloud: Cloud): CredentialError {
  const text = textOf(error);
  const [, code, sentence] = entra.exec(text) ?? [];
  const [, networkCode] = network.exec(text) ?? [];
  const why = code ? `${code}: ${sentence}.` : whyWithoutCode(error, text, networkCode, settings, cloud);
  const message = `Could not sign in to Azure with ${signInText(settings)}: ${why} ${remedy(settings, code)}`;
  return new CredentialError(message.trim(), code ?? networkCode);
}

/** A code and its first sentence, in which a domain's dot does not end it. */
const entra = /(AADSTS\d+): ?([^\r\n]*?)(?:\.(?=\s|$)|[\r\n]|$)/;

const network =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|UNABLE_TO_[A-Z_]+|[A-Z_]*SELF_SIGNED_CERT[A-Z_]*|CERT_HAS_EXPIRED)\b/;

function whyWithoutCode(
  error: unknown,
  text: string,
  networkCode: string | undefined,
  { signIn }: Settings,
  { authorityHost }: Cloud,
): string {
  const own = [error, (error as Error | undefined)?.cause].find(isCredentialError);
  if (own) return own.message;
  // It tries the managed identity of this machine and much else: that these do not answer is no failure of the network.
  if (signIn === "default") return "it found no credentials.";
  const { host } = new URL(authorityHost);
  if (networkCode) return `${host} did not respond (${networkCode}). ${connectionAdvice(networkCode)}`;
  if (lost.test(text)) return `${host} gave no usable response. Check the network and the proxy, then try again.`;
  return `${(error as Error | undefined)?.name ?? "unknown failure"}.`;
}

/** What Microsoft's library makes of a network failure, and of a response of Entra's that is an error without a code. */
const lost = /\b(endpoints_resolution_error|network_error|openid_config_error)\b|Error\(s\): Not Available/;

function remedy({ signIn }: Settings, code: string | undefined): string {
  const known = code && remedies[code];
  if (known) return known;
  if (signIn === "default")
    return "Sign in with `az login`, or set ARM_TENANT_ID, ARM_CLIENT_ID and ARM_CLIENT_SECRET or the same settings in the stack's configuration (azure-backup:tenantId and so on).";
  return code ? `https://login.microsoftonline.com/error?code=${code.slice("AADSTS".length)}` : "";
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies: Record<string, string> = {
  AADSTS7000215: "Set clientSecret (ARM_CLIENT_SECRET) to the secret's value, not to its ID.",
  AADSTS7000222:
    "The secret has expired. Create a new one for the application, and set clientSecret (ARM_CLIENT_SECRET) to it.",
  AADSTS700016: "This tenant has no such application. Check clientId (ARM_CLIENT_ID) and tenantId (ARM_TENANT_ID).",
  AADSTS90002: "Check tenantId (ARM_TENANT_ID).",
  AADSTS700027: "Check that this certificate is registered with the application and has not expired.",
  AADSTS70021: "Check the issuer, subject and audience of the application's federated credential.",
  AADSTS700213: "Check the subject of the application's federated credential.",
  AADSTS700024: "The OpenID Connect token has expired or is not valid yet. Request a new one.",
};

/** A chained credential reports each of its tries. */
function textOf(error: unknown): string {
  const {
    message = "",
    errors = [],
    cause,
  } = (error ?? {}) as { message?: string; errors?: unknown[]; cause?: unknown };
  return [message, ...errors.map(textOf), cause ? textOf(cause) : ""].join("\n");
}
