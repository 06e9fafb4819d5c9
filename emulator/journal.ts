/** One request as it was seen, without anything that could be a secret. */
export interface JournalEntry {
  method: string;
  /** With the query. */
  path: string;
  /** What the client calls itself: its User-Agent. */
  client: string;
  /** 0: the connection was dropped without an answer. */
  status: number;
  at: string;
  /** What was written to Resource Manager. Token requests carry secrets: theirs is never kept. */
  requestBody?: unknown;
}

/** Old entries go, so that an emulator that runs for weeks does not grow. */
const kept = 20_000;

export class Journal {
  #entries: JournalEntry[] = [];

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
  }

  all(): JournalEntry[] {
    return this.#entries.slice(-kept);
  }

  /** What was asked to change in Azure. */
  writes(): JournalEntry[] {
    return this.all().filter(({ method, path }) => method !== "GET" && method !== "HEAD" && isResourceManager(path));
  }

  clear(): void {
    this.#entries = [];
  }
}

export function isResourceManager(path: string): boolean {
  return /^\/(subscriptions|providers|tenants)(\/|\?|$)/i.test(path);
}
