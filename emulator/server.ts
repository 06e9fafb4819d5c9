import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Answer } from "./answer.js";
import type { Azure } from "./azure.js";
import type { Certificates } from "./certificates.js";
import type { Fault } from "./faults.js";
import { ArmError, armErrorReply } from "./http/armError.js";
import { servedInstead } from "./http/checkApiVersion.js";
import { parseJson } from "./http/parseJson.js";
import type { Reply } from "./http/reply.js";
import type { EmulatorRequest } from "./http/request.js";
import { isResourceManager, type JournalEntry } from "./journal.js";
import { hostsOf } from "./keyVault/stores/types.js";
import { isLoopback, refusalOfStranger } from "./strangers.js";
import { tunnel } from "./tunnel.js";

// Resource Manager's own limit.
const largestBody = 4 * 1024 * 1024;

/** Carries requests in and answers out, with the faults of a network in between. */
export function server(
  azure: Azure,
  { certificate, key }: Certificates,
  answer: Answer,
  onRequest: (entry: JournalEntry) => void,
): Server {
  const listener = createServer({ cert: certificate, key, minVersion: "TLSv1.2" }, (incoming, outgoing) => {
    const address = listener.address() as AddressInfo | null;
    // It was closed while the request was on its way.
    if (address === null) return void incoming.destroy();
    const { port } = address;
    handle(azure, answer, port, incoming, outgoing).then(
      (entry) => {
        if (!isControl(entry.path) || entry.method !== "GET") azure.events.changed();
        onRequest(entry);
      },
      () => outgoing.destroy(),
    );
  });
  // Longer than clients keep their connections: else they would send into one that is just being closed.
  listener.keepAliveTimeout = 120_000;
  listener.on("clientError", refuseGarbage);
  azure.ports.connect = (socket) => listener.emit("connection", socket);
  listener.on("connect", (incoming: IncomingMessage, client: Duplex) => {
    tunnel(azure.ports, (listener.address() as AddressInfo).port, incoming, client);
  });
  return listener;
}

/** What is no HTTP, or has more headers than are read: there is no request to answer, only a connection. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const isFlood = error.code === "HPE_HEADER_OVERFLOW";
  const [status, code] = isFlood
    ? ["431 Request Header Fields Too Large", "RequestHeadersTooLarge"]
    : ["400 Bad Request", "BadRequest"];
  const message = isFlood ? "The request's headers are too large." : "The request is no valid HTTP.";
  const body = JSON.stringify({ error: { code, message } });
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
  // What still comes is read and dropped: else the connection is reset before the answer is seen.
  socket.resume();
}

const eventsPath = "/emulator/events";

/** Of the emulator, not of Azure: it meets no fault and stands in no journal. */
function isControl(target: string): boolean {
  return target === "/" || target.startsWith("/emulator/");
}

async function handle(
  azure: Azure,
  answer: Answer,
  ownPort: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<JournalEntry> {
  const { localPort } = incoming.socket;
  const host = azure.ports.hostAt(localPort);
  if (host === undefined && localPort !== ownPort)
    throw new Error("A connection was kept to a key vault that is gone.");
  const path = singleSlashes(incoming.url ?? "/");
  const target = host === undefined ? path : `https://${host}${path}`;
  const method = incoming.method ?? "GET";
  const text = await bodyOf(incoming);
  const entry = entryOf(incoming, method, target, text);
  const stranger = refusalOfStranger(incoming, host);
  if (stranger !== undefined) {
    // Before it meets a fault: what another page sends must not even use one up.
    if (!isControl(target)) azure.journal.add(entry);
    entry.status = stranger.status;
    await send(incoming, outgoing, armErrorReply(stranger), undefined);
    return entry;
  }
  if (isLoopback(incoming.headers.host) && target === eventsPath) {
    azure.events.watch(outgoing);
    return entry;
  }
  const fault = isControl(target) ? undefined : azure.faults.meet(method, target);
  if (!isControl(target)) azure.journal.add(entry);
  if (fault?.kind === "dropBefore") {
    incoming.socket.destroy();
    return entry;
  }
  await azure.ports.open(hostsOf(azure.world));
  const reply = await kept(azure, replyTo(incoming, { path, host, ownPort }, text, answer, fault));
  if (fault?.kind === "dropAfter") {
    incoming.socket.destroy();
    return entry;
  }
  if (fault?.kind === "delay") await new Promise((done) => setTimeout(done, fault.delayMs ?? 1000));
  entry.status = reply.status;
  await send(incoming, outgoing, reply, fault);
  return entry;
}

/** As Resource Manager: its own client for resources doubles the slash before an id, az that before a type. */
function singleSlashes(target: string): string {
  const [path = "", ...query] = target.split("?");
  return [path.replace(/\/{2,}/g, "/"), ...query].join("?");
}

/** No answer shows what would be gone after a crash. */
async function kept(azure: Azure, reply: Reply): Promise<Reply> {
  try {
    await azure.kept();
    return reply;
  } catch (error) {
    return armErrorReply(new ArmError(500, "EmulatorDataFile", (error as Error).message));
  }
}

function replyTo(
  incoming: IncomingMessage,
  target: Target,
  text: string | undefined,
  answer: Answer,
  fault: Fault | undefined,
): Reply {
  if (fault?.kind === "throttle") return throttled(fault);
  if (fault?.kind === "status") return told(fault);
  if (text === undefined) {
    const message = `The request content is larger than ${largestBody} bytes.`;
    return armErrorReply(new ArmError(413, "RequestContentTooLarge", message));
  }
  return answer(requestOf(incoming, target, text), fault);
}

interface Target {
  path: string;
  /** Of a data plane. */
  host: string | undefined;
  ownPort: number;
}

function requestOf(incoming: IncomingMessage, { path, host, ownPort }: Target, body: string): EmulatorRequest {
  const mark = path.indexOf("?");
  const origin = `https://${incoming.headers.host}`;
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? path : path.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : path.slice(mark)),
    headers: incoming.headers as EmulatorRequest["headers"],
    body,
    origin,
    authority: `https://${isLoopback(incoming.headers.host) ? new URL(origin).hostname : "127.0.0.1"}:${ownPort}`,
    host,
  };
}

/** Undefined: larger than Azure takes. It is read to its end all the same, so that the client sees the answer. */
async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size <= largestBody ? Buffer.concat(chunks).toString("utf8") : undefined;
}

function entryOf(incoming: IncomingMessage, method: string, path: string, text: string | undefined): JournalEntry {
  const entry: JournalEntry = {
    method,
    path,
    client: incoming.headers["user-agent"] ?? "",
    status: 0,
    at: new Date().toISOString(),
  };
  const servedAs = servedInstead(path);
  if (servedAs !== undefined) entry.servedAs = servedAs;
  if (text && isResourceManager(path)) entry.requestBody = jsonOr(text);
  return entry;
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function throttled(fault: Fault): Reply {
  const message =
    fault.message ?? "Number of requests for the subscription exceeded the limit. Please try again later.";
  const headers = { "Retry-After": String(fault.retryAfterSeconds ?? 1) };
  return armErrorReply(new ArmError(429, fault.code ?? "SubscriptionRequestsThrottled", message, { headers }));
}

function told({ status = 500, code = "EmulatorFault", message, retryAfterSeconds }: Fault): Reply {
  const headers: Record<string, string> = {};
  // Without it, no client tries again with a fresh token.
  if (status === 401) headers["WWW-Authenticate"] = 'Bearer error="invalid_token"';
  if (retryAfterSeconds !== undefined) headers["Retry-After"] = String(retryAfterSeconds);
  const text = message ?? `The emulator was told to answer ${status}.`;
  return armErrorReply(new ArmError(status, code, text, { headers }));
}

async function send(
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
    await new Promise((later) => setTimeout(later, overMs / pieces));
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
