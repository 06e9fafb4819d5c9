import { createRequire } from "node:module";

type Warn = (message: string) => Promise<void>;
let send: Warn | undefined;

/**
 * Logs to the engine, which shows it among the diagnostics: `pulumi.log` does not reach the user from a provider
 * (https://github.com/pulumi/pulumi/issues/18249). Without an engine, as in a test of a handler, it does nothing.
 */
export const warnThroughEngine: Warn = (message) => {
  send ??= connectToEngine();
  return send(message);
};

function connectToEngine(): Warn {
  const address = process.argv.find((argument) => /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(argument));
  if (!address) return async () => {};
  // Pulumi's own copy of gRPC: another copy of the same version does not accept its credentials.
  const fromProgram = createRequire(`${process.cwd()}/_`);
  const fromPulumi = createRequire(fromProgram.resolve("@pulumi/pulumi/package.json"));
  const { EngineClient } = fromPulumi("./proto/engine_grpc_pb");
  const { LogRequest, LogSeverity } = fromPulumi("./proto/engine_pb");
  const engine = new EngineClient(address, fromPulumi("@grpc/grpc-js").credentials.createInsecure());
  return (message) =>
    new Promise((done) => {
      const request = new LogRequest();
      request.setSeverity(LogSeverity.WARNING);
      request.setMessage(message);
      engine.log(request, () => done());
    });
}
