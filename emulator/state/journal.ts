/** One request as it was seen, without anything that could be a secret. */
export interface JournalEntry {
  method: string;
  /** With the query; of a data plane, also with its host in Azure. */
  path: string;
  /** What the client calls itself: its User-Agent. */
  client: string;
  /** 0: the connection was dropped without an answer. */
  status: number;
  /** The version that answered, where the one in `path` is newer than all that the emulator knows. */
  servedAs?: string;
  at: string;
  /** What was written to Resource Manager. Token requests carry secrets: theirs is never kept. */
  requestBody?: unknown;
}

/** Which requests: those that meet all that is given. */
export interface JournalFilter {
  method?: string;
  /** Text that the path with its query contains, in any case. */
  path?: string;
  /** Such as 409, or `"4xx"` for all of them. 0: no answer. */
  status?: number | string;
  /** Text that the client's name contains, in any case. */
  client?: string;
  /** From this time on: anything that `Date` reads. */
  since?: string;
  /** Only what asked Resource Manager or a data plane for a change. */
  writes?: boolean;
  /** Only what was asked of Resource Manager. */
  arm?: boolean;
}

/** Old entries go, so that an emulator that runs for weeks does not grow. */
const kept = 20_000;

export class Journal {
  #entries: JournalEntry[] = [];

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
  }

  all(filter: JournalFilter = {}): JournalEntry[] {
    const wanted = matcher(filter);
    return this.#entries.slice(-kept).filter(wanted);
  }

  /** The newest first. */
  last(count: number): JournalEntry[] {
    return this.#entries.slice(-count).reverse();
  }

  clear(): void {
    this.#entries = [];
  }
}

function matcher(filter: JournalFilter): (entry: JournalEntry) => boolean {
  const method = filter.method?.toUpperCase();
  const path = filter.path?.toLowerCase();
  const client = filter.client?.toLowerCase();
  const status = filter.status === undefined ? undefined : String(filter.status).toLowerCase();
  const since = filter.since === undefined ? undefined : new Date(filter.since).toISOString();
  return (entry) =>
    (method === undefined || entry.method === method) &&
    (path === undefined || entry.path.toLowerCase().includes(path)) &&
    (client === undefined || entry.client.toLowerCase().includes(client)) &&
    (status === undefined || String(entry.status) === status || `${Math.floor(entry.status / 100)}xx` === status) &&
    (since === undefined || entry.at >= since) &&
    (!filter.writes || isWrite(entry)) &&
    (!filter.arm || isResourceManager(entry.path));
}

/** What was asked to change in Azure. */
function isWrite({ method, path }: JournalEntry): boolean {
  if (method === "GET" || method === "HEAD") return false;
  // Using a key changes nothing, and neither does asking whether a name is free.
  const isUse = /\/(encrypt|decrypt|wrapkey|unwrapkey|sign|verify)(\?|$)/i.test(path);
  const isQuestion = /\/check\w*NameAvailability(\?|$)/i.test(path);
  return (isResourceManager(path) && !isQuestion) || (path.startsWith("https://") && !isUse);
}

export function isResourceManager(path: string): boolean {
  return /^\/(subscriptions|providers|tenants)(\/|\?|$)/i.test(path);
}
