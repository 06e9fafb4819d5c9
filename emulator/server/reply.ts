import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { ArmError, armErrorReply } from "../arm/armError.js";
import type { Reply } from "../arm/operation.js";
import type { Fault } from "../state/faults.js";

export function throttled(fault: Fault): Reply {
  const message =
    fault.message ?? "Number of requests for the subscription exceeded the limit. Please try again later.";
  const headers = { "Retry-After": String(fault.retryAfterSeconds ?? 1) };
  return armErrorReply(new ArmError(429, fault.code ?? "SubscriptionRequestsThrottled", message, { headers }));
}

export function told({ status = 500, code = "EmulatorFault", message, retryAfterSeconds }: Fault): Reply {
  const headers: Record<string, string> = {};
  // Without it, no client tries again with a fresh token.
  if (status === 401) headers["WWW-Authenticate"] = 'Bearer error="invalid_token"';
  if (retryAfterSeconds !== undefined) headers["Retry-After"] = String(retryAfterSeconds);
  const text = message ?? `A fault of the emulator answers with status ${status}.`;
  return armErrorReply(new ArmError(status, code, text, { headers }));
}

export async function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  reply: Reply,
  fault: Fault | undefined,
): Promise<void> {
  const body =
    reply.body === undefined ? undefined : Buffer.from(reply.isText ? String(reply.body) : JSON.stringify(reply.body));
  outgoing.writeHead(reply.status, {
    ...azureHeaders(incoming),
    ...(body && { "Content-Type": "application/json; charset=utf-8", "Content-Length": body.length }),
    ...(body === undefined && reply.status !== 204 && { "Content-Length": 0 }),
    ...reply.headers,
  });
  if (body === undefined || incoming.method === "HEAD") outgoing.end();
  else if (fault?.kind === "slowBody") await trickle(outgoing, body, fault.delayMs ?? 1000);
  else if (fault?.kind === "truncate") outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
  else outgoing.end(body);
}

async function trickle(outgoing: ServerResponse, body: Buffer, overMs: number): Promise<void> {
  const pieces = Math.min(10, body.length);
  for (let piece = 0; piece < pieces; piece += 1) {
    const [from, to] = [piece, piece + 1].map((at) => Math.floor((at * body.length) / pieces));
    outgoing.write(body.subarray(from, to));
    await setTimeout(overMs / pieces, undefined, { ref: false });
  }
  outgoing.end();
}

function azureHeaders({ headers, method }: IncomingMessage): Record<string, string> {
  const id = randomUUID();
  const correlation = headers["x-ms-correlation-request-id"] ?? id;
  const kind = method === "GET" || method === "HEAD" ? "reads" : method === "DELETE" ? "deletes" : "writes";
  return {
    "Cache-Control": "no-cache",
    Pragma: "no-cache",
    Expires: "-1",
    "X-Content-Type-Options": "nosniff",
    "x-ms-request-id": id,
    "x-ms-correlation-request-id": String(correlation),
    "x-ms-routing-request-id": `EMULATOR:${id}`,
    [`x-ms-ratelimit-remaining-subscription-${kind}`]: "1199",
    ...(headers["x-ms-client-request-id"] && {
      "x-ms-client-request-id": String(headers["x-ms-client-request-id"]),
    }),
  };
}
