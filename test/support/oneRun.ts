import { connect } from "../../provider/azure/index.js";
import { beginRun } from "../../provider/host/run.js";
import { type Handlers, serve } from "../../provider/host/serve.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { handlerName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { throughPlugin } from "./throughPlugin.js";

type Env = Record<string, string | undefined>;

/** The handlers as one run of Pulumi has them: all in one process, with one memory. */
export function oneRun({ env }: { env: object }, more: Env = {}, config: Record<string, string> = {}) {
  const warnings: string[] = [];
  const setting = (key: string) => config[key];
  const azure: Env = { ...env, ...more };
  const context = {
    setting,
    run: beginRun(),
    env: azure,
    azure: () => connect(setting, azure),
    warn: async (message: string) => void warnings.push(message),
  };
  const served = Object.entries(lifecycles).map(([name, lifecycle]) => [name, serve(lifecycle, context)]);
  return { warnings, ...(Object.fromEntries(served) as Record<keyof typeof lifecycles, Handlers>) };
}

/** The same run through the plugin: the handlers as the engine has them there. */
export function oneRunOfPlugin(...run: Parameters<typeof oneRun>) {
  const { warnings, ...handlers } = oneRun(...run);
  const served = resourceTypeNames.map((type) => {
    const name = handlerName(type);
    return [name, throughPlugin(type, handlers[name])];
  });
  return { warnings, ...(Object.fromEntries(served) as typeof handlers) };
}

/** Checked, created, and what was recorded of it. */
export async function created(handlers: Handlers, args: object) {
  const { inputs, failures } = await handlers.check({}, args as Record<string, unknown>);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  const { id, outs } = await handlers.create(inputs);
  return { id, inputs, outs };
}
