import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { DataPlanePorts } from "./keyVault/dataPlane/ports.js";

/**
 * With the emulator as their proxy, clients reach its key vaults and Managed HSMs by their names in Azure. It connects
 * them to these, to the emulator itself, and to nothing else.
 */
export function tunnel(ports: DataPlanePorts, ownPort: number, { url = "" }: IncomingMessage, client: Duplex): void {
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
