/**
 * - `throttle`: 429 with Retry-After, no effect
 * - `status`: `status` with `code` and `message`, no effect
 * - `dropBefore`: the connection is closed without an answer and without an effect
 * - `dropAfter`: the request has its effect, the connection is closed without an answer
 * - `truncate`: the request has its effect, the answer's body ends in the middle
 * - `slowBody`: the body of the answer arrives in pieces, over `delayMs`
 * - `delay`: the answer comes after `delayMs`
 * - `operationFails`: the long-running operation that the request starts ends `Failed` with `code` and `message`
 * - `operationNeverEnds`: it stays in progress, until the faults are cleared
 * - `inconsistent`: it fails, and the vault's encryption settings are left `Inconsistent`; on a GET of a Backup
 *   vault, as after another client's failed update
 * - `stale`: a GET shows the resource as it was before its last write; of a key vault, its access policies
 */
export type FaultKind =
  | "throttle"
  | "status"
  | "dropBefore"
  | "dropAfter"
  | "truncate"
  | "slowBody"
  | "delay"
  | "operationFails"
  | "operationNeverEnds"
  | "inconsistent"
  | "stale";

export interface Fault {
  kind: FaultKind;
  /** @default any */
  method?: string;
  /** Text that the path with its query contains, in any case; or a regular expression. @default any */
  path?: string | RegExp;
  /** How many matching requests succeed first. @default 0 */
  after?: number;
  /** How many matching requests it affects. @default 1 */
  times?: number | "always";
  /** @default 500 for the kind `status` */
  status?: number;
  /** @default 1 for the kind `throttle`, else no header */
  retryAfterSeconds?: number;
  /** @default 1000 */
  delayMs?: number;
  code?: string;
  message?: string;
}

export const faultKinds: readonly FaultKind[] = [
  "throttle",
  "status",
  "dropBefore",
  "dropAfter",
  "truncate",
  "slowBody",
  "delay",
  "operationFails",
  "operationNeverEnds",
  "inconsistent",
  "stale",
];

interface Armed {
  fault: Fault;
  seen: number;
}

export class Faults {
  #armed: Armed[] = [];
  #cleared: () => void;

  constructor(cleared: () => void) {
    this.#cleared = cleared;
  }

  add(fault: Fault): void {
    if (!faultKinds.includes(fault.kind)) {
      throw new Error(`There is no fault of kind "${fault.kind}". Kinds: ${faultKinds.join(", ")}.`);
    }
    this.#armed.push({ fault, seen: 0 });
  }

  all(): Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** Also lets the operations end that a fault held. */
  clear(): void {
    this.#armed = [];
    this.#cleared();
  }

  /** The fault that this request meets: the first one in the order of adding. Each fault counts what it saw. */
  meet(method: string, path: string): Fault | undefined {
    let met: Fault | undefined;
    for (const armed of this.#armed) {
      if (met !== undefined || !matches(armed.fault, method, path)) continue;
      const { after = 0, times = 1 } = armed.fault;
      armed.seen += 1;
      if (armed.seen > after && (times === "always" || armed.seen <= after + times)) met = armed.fault;
    }
    return met;
  }
}

/** JSON has no expressions: `pattern` is the text of one. */
export function faultJson(fault: Fault): object {
  const { path, ...rest } = fault;
  return path instanceof RegExp ? { ...rest, pattern: path.source } : fault;
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === "string" ? path.toLowerCase().includes(fault.path.toLowerCase()) : fault.path.test(path);
}
