import { type Azure, connect } from "../azure/index.js";
import { fromPulumi } from "./pulumiModules.js";
import { beginRun, type Run } from "./run.js";

/** What a lifecycle function may reach besides its arguments. */
export interface Context {
  /** Shows a warning to whoever runs `pulumi`, through the engine: what a provider prints is not seen. */
  warn(message: string): Promise<void>;
  /** Stack configuration, e.g. `setting("subscriptionId")` for `azure-backup:subscriptionId`. */
  setting(key: string): string | undefined;
  env: Record<string, string | undefined>;
  /** What this run remembers. */
  run: Run;
  /** Connected on first use: a preview without changes never gets there. */
  azure(): Azure;
}

/** The part of Pulumi's `dynamic.Config` that we use; its keys are full names such as `azure-backup:tenantId`. */
export interface StackConfig {
  get(key: string): string | undefined;
}

// One process serves one run of one stack, so its configuration is the process's.
let stackConfig: StackConfig | undefined;
let azure: Azure | undefined;

export function rememberConfig(config: StackConfig): void {
  stackConfig = config;
}

const setting = (key: string) => stackConfig?.get(`azure-backup:${key}`);

export const hostContext: Context = {
  warn: warnThroughEngine,
  setting,
  env: process.env,
  run: beginRun(),
  azure() {
    azure ??= connect(setting, process.env);
    return azure;
  },
};

type Warn = Context["warn"];
let send: Warn | undefined;
let engine: string | undefined;

/** Where to send warnings, if the engine did not start this process and so did not pass its address. */
export function useEngine(address: string): void {
  engine = address;
  send = undefined;
}

/** Where the engine listens. Undefined without one, as in a test of a handler. */
export const engineAddress = (): string | undefined =>
  engine ?? process.argv.find((argument) => /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(argument));

/**
 * Logs to the engine, which shows it among the diagnostics: `pulumi.log` does not reach the user from a provider
 * (https://github.com/pulumi/pulumi/issues/18249). Without an engine, as in a test of a handler, it does nothing.
 */
function warnThroughEngine(message: string): Promise<void> {
  send ??= connectToEngine();
  return send(message);
}

function connectToEngine(): Warn {
  const address = engineAddress();
  if (!address) return async () => {};
  const { EngineClient } = fromPulumi("./proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = fromPulumi("./proto/engine_pb");
  const client = new EngineClient(address, fromPulumi("@grpc/grpc-js").credentials.createInsecure());
  return (message) =>
    new Promise((done) => {
      const request = new LogRequest();
      request.setSeverity(LogSeverity.WARNING);
      request.setMessage(message);
      client.log(request, () => done());
    });
}
