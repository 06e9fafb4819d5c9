import { latestDataPlane } from "../arm/apiVersions.js";
import type { EmulatorRequest, Reply } from "../arm/operation.js";
import { serviceOf } from "../arm/requestVersion.js";
import { versionsOf } from "../arm/services.js";
import type { Azure } from "../azure/azure.js";
import { end } from "../azure/settle.js";
import type { Fault } from "../state/faults.js";
import type { ArmResource } from "../state/records.js";

/** Requests to Resource Manager from inside this process: the same code as over the wire, without token and journal. */
export interface Inside {
  /** `target` without api-version means the newest. */
  arm(method: string, target: string, body?: object): Reply;
  /** Done when it returns, however long operations take for clients. */
  make(method: string, path: string, body?: object): ArmResource;
  /** The same at the data plane of a key vault or Managed HSM, by its host in Azure. */
  makeAt(host: string, method: string, path: string, body: object): ArmResource;
}

export function inside(azure: Azure, answer: Answer, origin: string): Inside {
  function arm(method: string, target: string, body?: object): Reply {
    const [path = "", query = ""] = target.split("?");
    const parameters = new URLSearchParams(query);
    if (!parameters.has("api-version")) parameters.set("api-version", newestVersion(path));
    const text = body === undefined ? "" : JSON.stringify(body);
    azure.events.changed();
    return answer({ method, path, query: parameters, headers: {}, body: text, origin, authority: origin });
  }

  return {
    arm,
    make(method, path, body) {
      const before = new Set(azure.world.running);
      const reply = arm(method, path, body);
      if (reply.status >= 400) throw refused(reply, `${method} ${path}`);
      for (const id of [...azure.world.running].filter((running) => !before.has(running))) {
        const begun = azure.world.operations.get(id);
        if (begun === undefined) continue;
        end(azure.world, begun, Date.now());
        if (begun.failure === undefined) continue;
        throw new Error(`The operation of ${method} ${path} failed: ${begun.failure.code}: ${begun.failure.message}`);
      }
      return reply.body as ArmResource;
    },
    makeAt(host, method, path, body) {
      const query = new URLSearchParams({ "api-version": latestDataPlane });
      const request = { method, path, query, headers: {}, body: JSON.stringify(body), origin, authority: origin, host };
      const reply = answer(request);
      if (reply.status >= 400) throw refused(reply, `${method} https://${host}${path}`);
      return reply.body as ArmResource;
    },
  };
}

function refused({ status, body }: Reply, request: string): Error {
  const { code, message } = (body as ArmResource).error;
  return new Error(`The emulator refused ${request}: ${status} ${code}: ${message}`);
}

function newestVersion(path: string): string {
  const [namespace = "Microsoft.Resources", type = ""] = serviceOf(path);
  return (
    versionsOf(namespace, type)
      .filter((version) => !version.endsWith("preview"))
      .at(-1) ?? ""
  );
}

export type Answer = (request: EmulatorRequest, fault?: Fault) => Reply;
