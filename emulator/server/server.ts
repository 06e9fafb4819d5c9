import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { ArmError, armErrorReply } from "../arm/armError.js";
import type { DataPlanePorts } from "../arm/dataPlanePorts.js";
import type { Reply } from "../arm/operation.js";
import type { Answer } from "../arrange/inside.js";
import type { Azure } from "../azure/azure.js";
import { hostsOf } from "../keyVault/stores.js";
import type { Fault } from "../state/faults.js";
import type { JournalEntry } from "../state/journal.js";
import type { Certificates } from "./certificates.js";
import { send, throttled, told } from "./reply.js";
import {
  bodyOf,
  entryOf,
  isLoopback,
  largestBody,
  refusalOfStranger,
  requestOf,
  singleSlashes,
  type Target,
} from "./request.js";

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
  const message = isFlood ? "The request's headers are too large." : "The request is not valid HTTP.";
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
  const reply = await flushed(azure, replyTo(incoming, { path, host, ownPort }, text, answer, fault));
  if (fault?.kind === "dropAfter") {
    incoming.socket.destroy();
    return entry;
  }
  // No answer that nobody waits for any more keeps the process.
  if (fault?.kind === "delay") await setTimeout(fault.delayMs ?? 1000, undefined, { ref: false });
  entry.status = reply.status;
  await send(incoming, outgoing, reply, fault);
  return entry;
}

/** No answer shows what would be gone after a crash. */
async function flushed(azure: Azure, reply: Reply): Promise<Reply> {
  try {
    await azure.flush();
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

/**
 * With the emulator as their proxy, clients reach its key vaults and Managed HSMs by their names in Azure. It connects
 * them to these, to the emulator itself, and to nothing else.
 */
function tunnel(ports: DataPlanePorts, ownPort: number, { url = "" }: IncomingMessage, client: Duplex): void {
  const port = portFor(ports, ownPort, url);
  if (port === undefined) {
    client.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  const inner = connect(port, "127.0.0.1", () => {
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    client.pipe(inner).pipe(client);
  });
  for (const [one, other] of [
    [client, inner],
    [inner, client],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}

function portFor(ports: DataPlanePorts, ownPort: number, target: string): number | undefined {
  if (!URL.canParse(`https://${target}`)) return undefined;
  const { hostname, port } = new URL(`https://${target}`);
  const wanted = Number(port || 443);
  if (wanted === 443) return ports.openPortOf(hostname);
  const isOurs = wanted === ownPort || ports.hostAt(wanted) !== undefined;
  return isOurs && ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? wanted : undefined;
}
