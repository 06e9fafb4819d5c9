import type { IncomingMessage } from "node:http";
import { ArmError } from "./http/armError.js";

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
    return new ArmError(421, "EmulatorHostUnknown", `The emulator is not ${headers.host}.`);
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
    `A page from ${origin} may not use the emulator: a browser sent this request for it. Only the emulator's own page ` +
    "and clients that are no browsers may; send it without Origin and Sec-Fetch-Site.";
  return new ArmError(403, "EmulatorOriginForbidden", message);
}
