import type { Emulator, Fault, JournalEntry } from "../../emulator/index.js";
import { type Front, fronts } from "../support/host.js";
import { type Engine, engineOf, type Run } from "./engine.js";

/**
 * At which requests of a run a fault is tried: wherever something of ours above the gateway learns of it.
 *
 * - `each kind`: the gateway sends the request again, whoever asked. Nothing above learns of it, so it is tried once for each
 *   kind of request: each method, and the question how an operation goes.
 * - `each write`: of a write, what is above learns that it may have had its effect. A read is only read again: once for each kind.
 * - `from each write on`, `from the first write on`: what lasts. A run that has written nothing leaves nothing behind, and takes
 *   long to give up.
 * - `each request`: what it means depends on what was asked for.
 *
 * The creation of a Backup vault meets every fault at every request, also while it signs in: `backupVault.test.ts`.
 */
type Where = "each kind" | "each write" | "from each write on" | "from the first write on" | "each request";

/** Where it strikes is the strike's to say. */
export type AnyFault = Omit<Fault, "method" | "path" | "after">;

export type Faults = Record<string, { fault: AnyFault; at: Where }>;

export const faults = {
  "503": { fault: { kind: "status", status: 503 }, at: "each kind" },
  "an answer that ends in the middle": { fault: { kind: "truncate" }, at: "each kind" },
  "403": { fault: { kind: "status", status: 403, code: "AuthorizationFailed" }, at: "each request" },
  "409": { fault: { kind: "status", status: 409, code: "Conflict" }, at: "each write" },
  "a connection dropped after the effect": { fault: { kind: "dropAfter" }, at: "each write" },
  "no connection from there on, after the effect": {
    fault: { kind: "dropAfter", times: "always" },
    at: "from the first write on",
  },
} as const satisfies Faults;

/** One fault at one request of a run through one front. */
export interface Strike {
  /** In words. */
  what: string;
  fault: AnyFault & { path: RegExp; after: number };
  /** The fronts take turns, from request to request and from fault to fault. */
  front: Front;
}

/** How one signs in is the same whatever is done then: Backup vaults' own tests hold it. */
export const signingIn = /oauth2|openid|\/metadata\/|discovery/;
const services = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;

/**
 * @param journal of a run that meets no fault: through the plugin it may ask less
 * @param among what the paths of the requests have in common
 */
export async function strikesOf(
  journal: (engine: Engine) => Promise<JournalEntry[]>,
  faults: Faults,
  among = services,
): Promise<Strike[]> {
  const each = fronts.map(async (front) => {
    const requests = (await journal(engineOf(front))).filter(({ path }) => among.test(path));
    expect(requests.length).toBeGreaterThan(1);
    return strikesThrough(front, requests, faults, among);
  });
  return (await Promise.all(each)).flat();
}

function strikesThrough(front: Front, requests: JournalEntry[], faults: Faults, path: RegExp): Strike[] {
  const firstWrite = requests.findIndex(isWrite);
  const isFirstOfItsKind = (n: number) => requests.findIndex((each) => kindOf(each) === kindOf(requests[n])) === n;
  const isStruck: Record<Where, (n: number) => boolean> = {
    "each kind": isFirstOfItsKind,
    "each write": (n) => isWrite(requests[n]) || isFirstOfItsKind(n),
    "from each write on": (n) => isWrite(requests[n]),
    "from the first write on": (n) => n >= firstWrite,
    "each request": () => true,
  };
  return Object.entries(faults).flatMap(([name, { fault, at }], turn) =>
    requests.flatMap((request, n) => {
      const what = `${front} front, ${name} at ${n}, ${request.method} ${request.path.split("?")[0]}`;
      const isMyTurn = fronts[(n + turn) % fronts.length] === front;
      return isMyTurn && isStruck[at](n) ? [{ what, fault: { path, ...fault, after: n }, front }] : [];
    }),
  );
}

/** A run that meets a fault, with as much time as it is to take. */
export async function struck(azure: Emulator, { fault }: Strike, run: (time: string) => Promise<Run>): Promise<Run> {
  const begun = azure.journal().length;
  azure.faults.add(fault);
  // Where nothing gets better, waiting for it only takes time. Nobody else is out of time, however busy the machine is.
  const outcome = await run(fault.times === "always" ? "2s" : "2m");
  const among = azure
    .journal()
    .slice(begun)
    .filter(({ path }) => fault.path.test(path));
  azure.faults.clear();
  // On a busy machine a run may be out of time before it gets there.
  if (among.length <= fault.after && outcome.errors.length === 0) throw new Error("The fault was never met.");
  return outcome;
}

const isWrite = (request?: JournalEntry) => request?.method !== "GET";
const kindOf = (request?: JournalEntry) =>
  /\/operation\w*\//i.test(request?.path ?? "") ? "the end of an operation" : request?.method;
