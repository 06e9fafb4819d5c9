import { randomUUID } from "node:crypto";
import { connect } from "../../provider/azure/index.js";
import type { Context } from "../../provider/host/context.js";
import { dynamicHandlers } from "../../provider/host/dynamic/serve.js";
import { beginRun } from "../../provider/host/run.js";
import { type Lifecycle, serve } from "../../provider/host/serve.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { handlerName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { type Front, fronts } from "../support/host.js";
import { throughPlugin } from "../support/throughPlugin.js";

const { backupVault } = lifecycles;

type Properties = Record<string, unknown>;

/** What Pulumi's engine has recorded of one resource. */
export interface Recorded {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** A creation that was not finished: the next `up` updates, whatever `diff` says. */
  initErrors?: string[];
}

export interface Run {
  recorded?: Recorded;
  errors: string[];
  warnings: string[];
}

type Env = Record<string, string>;

export type Engine = ReturnType<typeof engineOf>;

/** As much of Pulumi's engine as one resource sees of it through one front. */
export const engineOf = (front: Front) => ({
  front,
  up: (azure: Env, recorded: Recorded | undefined, program: Properties, lifecycle: Lifecycle = backupVault) =>
    up(front, azure, recorded, program, lifecycle),
  refresh: (azure: Env, recorded: Recorded | undefined, lifecycle: Lifecycle = backupVault) =>
    refresh(front, azure, recorded, lifecycle),
  destroy: (azure: Env, recorded: Recorded | undefined, lifecycle: Lifecycle = backupVault) =>
    destroy(front, azure, recorded, lifecycle),
});

/** Each fault meets both fronts, at every second request each, and each request meets both with every second fault. */
export const engineAt = (n: number, fault: object): Engine =>
  engineOf(fronts[(n + JSON.stringify(fault).length) % fronts.length] ?? "dynamic");

/** For tables of many programs: each run goes through one front, and over the table both have as many. */
export const eitherFront: Pick<Engine, "up" | "destroy"> = {
  up: (azure, recorded, program, lifecycle) => engineAt(0, program).up(azure, recorded, program, lifecycle),
  destroy: (azure, recorded, lifecycle) => engineAt(0, recorded?.inputs ?? {}).destroy(azure, recorded, lifecycle),
};

/** A story that waits most of its time, and so goes through both fronts at once. */
export const throughBothFronts = (title: string, story: (engine: Engine) => Promise<void>) =>
  test.concurrent(title, async () => {
    const failures = fronts.map((front) =>
      story(engineOf(front)).then(
        () => [],
        (error: Error) => [`${front} front: ${error.stack}`],
      ),
    );
    expect((await Promise.all(failures)).flat()).toEqual([]);
  });

/** As much of `pulumi up`. */
async function up(
  front: Front,
  azure: Env,
  recorded: Recorded | undefined,
  program: Properties,
  lifecycle: Lifecycle,
): Promise<Run> {
  const { handlers, warnings } = newProcess(azure, lifecycle, front);
  const checked = await handlers.check(recorded?.inputs ?? {}, program);
  const errors = checked.failures.map(({ reason }) => reason);
  if (errors.length > 0) return { recorded, errors, warnings };
  const inputs = onWire(checked.inputs);

  async function write(): Promise<Recorded> {
    if (!recorded) {
      const { id, outs } = await handlers.create(inputs);
      return { id, inputs, outputs: onWire(outs) };
    }
    const { id, outputs, initErrors } = recorded;
    const { changes, replaces } = await handlers.diff(id, outputs, inputs);
    if (replaces.length > 0) throw new Error(`The resource would be replaced: ${replaces.join()}.`);
    if (!changes && !initErrors) return { id, inputs, outputs };
    const { outs } = await handlers.update(id, outputs, inputs);
    return { id, inputs, outputs: onWire(outs) };
  }

  try {
    return { recorded: await write(), errors, warnings };
  } catch (error) {
    const { message, id, properties, reasons } = error as Error & PartialFailure;
    if (!id) return { recorded, errors: [message], warnings };
    // After a partial update the engine keeps the old inputs.
    const kept = { id, inputs: recorded?.inputs ?? inputs, outputs: onWire(properties), initErrors: reasons };
    return { recorded: kept, errors: reasons, warnings };
  }
}

/** As much of `pulumi refresh`: what is gone is forgotten, and what was unfinished is taken as it is. */
async function refresh(
  front: Front,
  azure: Env,
  recorded: Recorded | undefined,
  lifecycle: Lifecycle,
): Promise<Recorded | undefined> {
  if (!recorded) return undefined;
  const { handlers } = newProcess(azure, lifecycle, front);
  const { id, props = {}, inputs = {} } = await handlers.read(recorded.id, recorded.outputs);
  return id ? { id, inputs: onWire(inputs), outputs: onWire(props) } : undefined;
}

/** As much of `pulumi destroy`: what cannot be deleted stays recorded. */
async function destroy(front: Front, azure: Env, recorded: Recorded | undefined, lifecycle: Lifecycle): Promise<Run> {
  const { handlers, warnings } = newProcess(azure, lifecycle, front);
  if (!recorded) return { errors: [], warnings };
  try {
    await handlers.delete(recorded.id, recorded.outputs);
    return { errors: [], warnings };
  } catch (error) {
    return { recorded, errors: [(error as Error).message], warnings };
  }
}

interface PartialFailure {
  id?: string;
  properties: Properties;
  reasons: string[];
}

/** With one more setting, which changes nothing: connections are kept by their settings, so who runs with it signs in anew. */
export const newlyConnected = (env: Env): Env => ({ ...env, ARM_CLIENT_CERTIFICATE_PASSWORD: randomUUID() });

/** Everything that one run remembers is new. The connection is kept, with its token: signing in takes as long as the rest. */
function newProcess(env: Env, lifecycle: Lifecycle, front: Front) {
  const setting = () => undefined;
  const warnings: string[] = [];
  const context: Context = {
    setting,
    env,
    run: beginRun(),
    azure: () => connect(setting, env),
    warn: async (message) => {
      warnings.push(message);
    },
  };
  const served = {
    dynamic: () => dynamicHandlers(lifecycle, context),
    plugin: () => throughPlugin(typeOf(lifecycle), serve(lifecycle, context)),
  };
  return { handlers: served[front](), warnings };
}

function typeOf(lifecycle: Lifecycle) {
  const found = resourceTypeNames.find((type) => lifecycles[handlerName(type)] === lifecycle);
  if (!found) throw new Error("This lifecycle belongs to no type of resource.");
  return found;
}

const onWire = (properties: Properties): Properties => JSON.parse(JSON.stringify(properties));
