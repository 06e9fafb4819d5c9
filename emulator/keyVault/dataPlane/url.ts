import type { Call } from "../../http/operation.js";

/** Where a data plane answers, under the name by which this client calls the emulator. Without a port: in Azure. */
export function dataPlaneUrl({ ports, request }: Call<never>, host: string): string {
  const port = ports.portOf(host);
  return port === undefined ? `https://${host}/` : `https://${new URL(request.origin).hostname}:${port}/`;
}
