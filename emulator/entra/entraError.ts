import type { Reply } from "../http/reply.js";
import { guid } from "../world.js";

/** Entra refuses to give a token: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function entraRefusal(status: number, error: string, code: number, text: string): Reply {
  const [trace, correlation] = [guid(), guid()];
  const timestamp = new Date().toISOString().replace("T", " ").replace(/\.\d+/, "");
  return {
    status,
    headers: status === 401 ? { "WWW-Authenticate": `Bearer error="${error}"` } : {},
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
