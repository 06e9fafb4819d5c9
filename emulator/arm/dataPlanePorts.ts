import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** How many ports are open before somebody needs one: a new key vault names its port in the same moment. */
const ahead = 16;

/**
 * In Azure each key vault and Managed HSM is a host, here each is a port of 127.0.0.1. The connections go to the one
 * server that there is; the port tells it whom they are for.
 */
export class DataPlanePorts {
  #spare: Server[] = [];
  #byHost = new Map<string, Server>();
  #hosts = new Map<number, string>();
  #opening: Promise<void> | undefined;
  #closed = false;
  connect: (socket: Socket) => void = (socket) => socket.destroy();

  /** Opens one for each of these hosts, and some more. */
  async open(hosts: readonly string[]): Promise<void> {
    const missing = hosts.filter((host) => !this.#byHost.has(host)).length;
    while (!this.#closed && this.#spare.length < ahead + missing) {
      this.#opening ??= this.#openOne().finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
    for (const host of hosts) this.portOf(host);
  }

  /** The same port as long as the host is there. Undefined: so many were wanted at once that none is open yet. */
  portOf(host: string): number | undefined {
    const server = this.#byHost.get(host) ?? this.#spare.pop();
    if (server === undefined) return undefined;
    const { port } = server.address() as AddressInfo;
    this.#byHost.set(host, server);
    this.#hosts.set(port, host);
    return port;
  }

  openPortOf(host: string): number | undefined {
    return this.#byHost.has(host) ? this.portOf(host) : undefined;
  }

  hostAt(port: number | undefined): string | undefined {
    return port === undefined ? undefined : this.#hosts.get(port);
  }

  /** Closes those of hosts that are gone. */
  keepOnly(hosts: readonly string[]): void {
    if (this.#byHost.size === 0) return;
    const wanted = new Set(hosts);
    for (const [host, server] of this.#byHost) {
      if (wanted.has(host)) continue;
      this.#byHost.delete(host);
      this.#hosts.delete((server.address() as AddressInfo).port);
      server.close();
    }
  }

  close(): void {
    this.#closed = true;
    this.keepOnly([]);
    for (const server of this.#spare.splice(0)) server.close();
  }

  async #openOne(): Promise<void> {
    const server = createServer((socket) => this.connect(socket));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    if (this.#closed) server.close();
    else this.#spare.push(server);
  }
}
