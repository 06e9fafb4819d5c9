import { type OperationOptions, pause, remainingMs } from "./deadline.js";
import { ConnectionError, OperationTimeout } from "./errors.js";
import {
  type HttpRequest,
  type HttpResponse,
  isCertificateProblem,
  isResponse,
  sendOnce,
  type TransportFailure,
} from "./http.js";

/** Sends a request until it has its response, or cannot get one before the deadline. */
export async function send(
  request: HttpRequest,
  operation: string,
  options: OperationOptions,
): Promise<{ response: HttpResponse; responseLost: boolean }> {
  const isWrite = request.method !== "GET";
  const attempts: Attempts = { count: 0, responseLost: false };
  for (;;) {
    if (remainingMs(options) === 0)
      throw new OperationTimeout(operation, new URL(request.url).pathname, attempts.responseLost);
    const outcome = await sendOnce(request, operation, options);
    attempts.count += 1;
    const wait = retryDelayMs(outcome, attempts);
    const isLast = wait === undefined || wait >= remainingMs(options);
    if (isResponse(outcome)) {
      if (isLast) return { response: outcome, responseLost: attempts.responseLost };
      attempts.responseLost ||= isWrite && outcome.status >= 500;
    } else {
      attempts.responseLost ||= isWrite && outcome.sent;
      if (isLast && remainingMs(options) > 0)
        throw new ConnectionError(
          noConnection(request.url, operation, outcome.code, attempts.count),
          outcome.code,
          attempts.responseLost,
        );
    }
    await pause(wait ?? 0, options);
  }
}

function noConnection(url: string, operation: string, code: string, count: number): string {
  const tries = count === 1 ? "" : ` (tried ${count} times)`;
  return `No response from ${new URL(url).origin} to ${operation}: ${code}${tries}. ${connectionAdvice(code)}`;
}

/** What happened so far to one request. */
export interface Attempts {
  count: number;
  /** An earlier try may have had its effect, and its response got lost. */
  responseLost: boolean;
}

/** Without a word of the server on when to come back: about 20 seconds, all tries together. */
const maxTries = 6;
/** Without a connection: 2 seconds. Someone offline wants to know soon. */
const maxTriesUnreached = 3;

/**
 * How long to wait before the request is sent again; undefined: this is its outcome. Every request of ours may be sent
 * twice: in ARM, GET, PUT, PATCH and DELETE have the same effect the second time.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export function retryDelayMs(
  outcome: HttpResponse | TransportFailure,
  { count, responseLost }: Attempts,
): number | undefined {
  if (!isResponse(outcome)) {
    if (isCertificateProblem(outcome.code)) return undefined;
    return count < (outcome.sent ? maxTries : maxTriesUnreached) ? backoffMs(count) : undefined;
  }
  const { status, headers } = outcome;
  const asked = retryAfterMs(headers);
  // A server that names a time is asked for as long as the deadline allows.
  if (status === 429 || (status === 503 && asked !== undefined)) return asked || backoffMs(count);
  if ([408, 500, 502, 503, 504].includes(status)) return count < maxTries ? asked || backoffMs(count) : undefined;
  // Our own earlier try is still being worked on.
  if (status === 409 && responseLost) return count < maxTries ? asked || backoffMs(count) : undefined;
  return undefined;
}

/** 0.3, 0.6, 1.2, ... at most 20 seconds, a random part shorter, so that many requests do not come back at once. */
export const backoffMs = (count: number): number =>
  Math.min(300 * 2 ** (count - 1), 20_000) * (0.75 + Math.random() / 4);

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
export function retryAfterMs(headers: Record<string, string>): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What to do where there was no response, by the network's code. */
export const connectionAdvice = (code: string): string =>
  isCertificateProblem(code)
    ? "Its certificate is not trusted: set NODE_EXTRA_CA_CERTS to the file of its certificate authority."
    : "Check the network and the proxy (HTTPS_PROXY, NO_PROXY).";
