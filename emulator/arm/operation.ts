import type { Fault } from "../state/faults.js";
import type { Settings } from "../state/options.js";
import type { World } from "../state/world.js";
import type { DataPlanePorts } from "./dataPlanePorts.js";

/** A request as the operations see it, whichever way it came. */
export interface EmulatorRequest {
  method: string;
  /** As the client wrote it, without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-cased names. */
  headers: Record<string, string | undefined>;
  body: string;
  /** `https://127.0.0.1:port` as this client calls the emulator: answers name the same host. */
  origin: string;
  /** Where this client signs in: the emulator's own port, also for a request to a key vault's. */
  authority: string;
  /** The key vault or Managed HSM whose data plane is asked: `kv-payroll.vault.azure.net`. Else Resource Manager. */
  host?: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON. Nothing is sent for undefined. */
  body?: unknown;
  /** Sent as it is: a text, with its type among the headers. */
  isText?: boolean;
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers });

export const noContent: Reply = { status: 204 };

type Method = "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";

/** The names in braces in a path template. */
type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** One request on its way through one operation. */
export interface Call<Name extends string = string> {
  world: World;
  settings: Settings;
  ports: DataPlanePorts;
  request: EmulatorRequest;
  /** The parts of the path, decoded, as the client wrote them. */
  params: Record<Name, string>;
  apiVersion: string;
  /** The fault that this request meets. */
  fault?: Fault;
  now: number;
}

export interface Operation {
  /** As Microsoft's specification calls it. */
  name: string;
  method: Method;
  path: string;
  answer(call: Call): Reply;
}

/** One operation of Azure: the parameters that its code may read are those of its path. */
export function operation<const Path extends string>(definition: {
  name: string;
  method: Method;
  path: Path;
  answer(call: Call<Names<Path>>): Reply;
}): Operation {
  return definition as Operation;
}
