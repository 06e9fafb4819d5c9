import type { Fault } from "../faults.js";
import type { DataPlanePorts } from "../keyVault/dataPlane/ports.js";
import type { Settings } from "../options.js";
import type { World } from "../world.js";
import type { Reply } from "./reply.js";
import type { EmulatorRequest } from "./request.js";

export type Method = "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";

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
