import { connectionAdvice } from "./connectionAdvice.js";
import { ConnectionError } from "./errors/connectionError.js";
import { OperationTimeout } from "./errors/operationTimeout.js";
import { type HttpRequest, type HttpResponse, isAnswer, sendOnce } from "./http.js";
import { type Attempts, retryDelayMs } from "./retry.js";
import { type OperationOptions, pause, remainingMs } from "./within.js";

/** Sends a request until it has its answer, or cannot get one before the deadline. */
export async function send(
  request: HttpRequest,
  operation: string,
  within: OperationOptions,
): Promise<{ answer: HttpResponse; answerLost: boolean }> {
  const isWrite = request.method !== "GET";
  const attempts: Attempts = { count: 0, answerLost: false };
  for (;;) {
    if (remainingMs(within) === 0)
      throw new OperationTimeout(operation, new URL(request.url).pathname, attempts.answerLost);
    const outcome = await sendOnce(request, operation, within);
    attempts.count += 1;
    const wait = retryDelayMs(outcome, attempts);
    const isLast = wait === undefined || wait >= remainingMs(within);
    if (isAnswer(outcome)) {
      if (isLast) return { answer: outcome, answerLost: attempts.answerLost };
      attempts.answerLost ||= isWrite && outcome.status >= 500;
    } else {
      attempts.answerLost ||= isWrite && outcome.sent;
      if (isLast && remainingMs(within) > 0)
        throw new ConnectionError(
          noConnection(request.url, operation, outcome.code, attempts.count),
          outcome.code,
          attempts.answerLost,
        );
    }
    await pause(wait ?? 0, within);
  }
}

function noConnection(url: string, operation: string, code: string, count: number): string {
  const tries = count === 1 ? "" : ` (tried ${count} times)`;
  return `No answer from ${new URL(url).origin} to ${operation}: ${code}${tries}. ${connectionAdvice(code)}`;
}
