import type { IncomingMessage } from "node:http";
import { ArmError } from "../arm/armError.js";
import type { EmulatorRequest } from "../arm/operation.js";
import { parseJson } from "../arm/requestBody.js";
import { servedInstead } from "../arm/requestVersion.js";
import { isResourceManager, type JournalEntry } from "../state/journal.js";

/**
 * A page of another origin in a browser on this machine reaches the emulator, too: under a name of its own that leads
 * here, or with requests whose answers it may not read, but whose effects would stay. Clients that are no browsers send
 * none of these headers.
 */
export function refusalOfStranger(
  { headers, method = "GET" }: IncomingMessage,
  dataPlane: string | undefined,
): ArmError | undefined {
  const called = headers.host?.toLowerCase().replace(/:443$/, "");
  if (!isLoopback(called) && called !== dataPlane) {
    return new ArmError(
      421,
      "EmulatorHostUnknown",
      `The emulator does not answer to the host name ${headers.host}. Use 127.0.0.1 or localhost.`,
    );
  }
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `https://${called}`) return fromAnotherOrigin(`"${origin}"`);
  // A link in another page may lead here; it changes nothing.
  const isRead = method === "GET" || method === "HEAD";
  const site = headers["sec-fetch-site"];
  if (!isRead && site !== undefined && site !== "same-origin" && site !== "none")
    return fromAnotherOrigin("another site");
  return undefined;
}

export function isLoopback(host = ""): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);
}

function fromAnotherOrigin(origin: string): ArmError {
  const message =
    `A web page from ${origin} cannot use the emulator. Only the emulator's own page and clients other than browsers can; ` +
    "these send no Origin and Sec-Fetch-Site headers.";
  return new ArmError(403, "EmulatorOriginForbidden", message);
}

// Resource Manager's own limit.
export const largestBody = 4 * 1024 * 1024;

/** As Resource Manager: its own client for resources doubles the slash before an id, az that before a type. */
export function singleSlashes(target: string): string {
  const [path = "", ...query] = target.split("?");
  return [path.replace(/\/{2,}/g, "/"), ...query].join("?");
}

export interface Target {
  path: string;
  /** Of a data plane. */
  host: string | undefined;
  ownPort: number;
}

export function requestOf(incoming: IncomingMessage, { path, host, ownPort }: Target, body: string): EmulatorRequest {
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
export async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  return size <= largestBody ? Buffer.concat(chunks).toString("utf8") : undefined;
}

export function entryOf(
  incoming: IncomingMessage,
  method: string,
  path: string,
  text: string | undefined,
): JournalEntry {
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
