import type { ServerResponse } from "node:http";

/** How long changes are gathered before those who watch are told. */
const gatherMs = 100;

/**
 * Tells whoever watches that something has changed; what it is, they read for themselves.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class Events {
  #watching = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  watch(outgoing: ServerResponse): void {
    outgoing.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    outgoing.write("data: changed\n\n");
    this.#watching.add(outgoing);
    outgoing.on("close", () => this.#watching.delete(outgoing));
  }

  changed(): void {
    if (this.#watching.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const outgoing of this.#watching) outgoing.write("data: changed\n\n");
    }, gatherMs);
    this.#timer.unref();
  }
}
