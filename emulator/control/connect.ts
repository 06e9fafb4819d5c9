import { readFileSync } from "node:fs";
import { request } from "node:https";
import { type Fault, faultJson } from "../state/faults.js";
import type { JournalEntry, JournalFilter } from "../state/journal.js";
import type { Settings } from "../state/options.js";
import { unnamed } from "../state/world.js";

/** An emulator in another process. */
export interface ConnectedEmulator {
  faults: { add(fault: Fault): Promise<void>; all(): Promise<Fault[]>; clear(): Promise<void> };
  /** The requests so far, or some of them, without tokens and secrets. */
  journal(filter?: JournalFilter): Promise<JournalEntry[]>;
  /** The requests that asked Resource Manager for a change. */
  writes(): Promise<JournalEntry[]>;
  /** An empty Azure, without faults and with an empty journal. Snapshots stay. */
  reset(): Promise<void>;
  /** Takes a snapshot of everything that Azure knows, in place of an older one of the same name. */
  snapshot(name?: string): Promise<void>;
  /** Back to a snapshot; faults and journal stay. */
  restore(name?: string): Promise<void>;
  /** Changes settings that it was started with, such as `{ permissionDelayMs: 30_000 }`, from the next request on. */
  set(settings: Partial<Settings>): Promise<void>;
}

type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

/**
 * Steers an emulator that runs in another process.
 *
 * @param emulator what the emulator wrote to its `--ready-file`
 */
export function connectEmulator({ url, caFile }: { url: string; caFile: string }): ConnectedEmulator {
  const ask = asker(url, readFileSync(caFile, "utf8"));
  const journal = async (filter: JournalFilter = {}) =>
    ((await ask("GET", `/emulator/journal?${queryOf(filter)}`)) as { value: JournalEntry[] }).value;
  return {
    faults: {
      async add(fault) {
        await ask("POST", "/emulator/faults", faultJson(fault));
      },
      all: async () => ((await ask("GET", "/emulator/faults")) as { value: Fault[] }).value,
      async clear() {
        await ask("DELETE", "/emulator/faults");
      },
    },
    journal,
    writes: () => journal({ writes: true }),
    async reset() {
      await ask("POST", "/emulator/reset");
    },
    async snapshot(name = unnamed) {
      await ask("POST", `/emulator/snapshots/${encodeURIComponent(name)}`);
    },
    async restore(name = unnamed) {
      await ask("POST", `/emulator/snapshots/${encodeURIComponent(name)}/restore`);
    },
    async set(settings) {
      await ask("PATCH", "/emulator/settings", settings);
    },
  };
}

function asker(url: string, ca: string): Ask {
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = { "Content-Type": "application/json" };
      const sent = request(new URL(path, url), { method, ca, headers, agent: false }, async (response) => {
        try {
          const text = Buffer.concat(await response.toArray()).toString("utf8");
          const answer = text === "" ? undefined : JSON.parse(text);
          if ((response.statusCode ?? 0) < 400) resolve(answer);
          else reject(new Error(`The emulator refused ${method} ${path}: ${answer?.error?.message ?? text}`));
        } catch (error) {
          reject(error);
        }
      });
      sent.on("error", (error) => reject(new Error(`There is no emulator at ${url}: ${error.message}`)));
      sent.end(body && JSON.stringify(body));
    });
}

function queryOf(filter: JournalFilter): URLSearchParams {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== false);
  return new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
}
