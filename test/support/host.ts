import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { handlerConstant } from "../../provider/host/dynamic/handlerConstant.js";
import { root } from "../../scripts/lib/root.mjs";
import { compiled } from "./compiled.js";

// Pulumi's own copies of gRPC and protobuf: another copy of the same version does not fit its messages.
const fromPulumi = createRequire(join(root, "node_modules/@pulumi/pulumi/package.json"));
const grpc = fromPulumi("@grpc/grpc-js");
export const { Struct } = fromPulumi("google-protobuf/google/protobuf/struct_pb");
const { ResourceProviderClient } = fromPulumi("./proto/provider_grpc_pb");
export const messages = fromPulumi("./proto/provider_pb");
const { PluginAttach } = fromPulumi("./proto/plugin_pb");
const engineService = fromPulumi("./proto/engine_grpc_pb").EngineService;
export const { Empty } = fromPulumi("google-protobuf/google/protobuf/empty_pb");
const { ErrorResourceInitFailed } = messages;
const { Status } = fromPulumi("./proto/status_pb");

type Properties = Record<string, unknown>;

export interface HostError {
  message: string;
  /** As gRPC counts: 2 is unknown, 12 not implemented. */
  code: number;
  /** The resource as the engine would record it, where the failure left one behind. */
  partial?: { id: string; properties: Properties; reasons: string[] };
}

/**
 * `dynamic`: Pulumi's own dynamic provider host, with `__provider` in every message and secrets already in clear.
 * `plugin`: this package's plugin, which is told the resource's type.
 */
export type Front = "dynamic" | "plugin";
export const fronts: Front[] = ["dynamic", "plugin"];

/** What serves resources to the engine, in a process of its own and spoken to as the engine does. */
export class Host {
  /** @param handler the name of the handlers in `pulumi-azure-backup/provider`. A plugin serves all of them at once. */
  constructor(
    public handler = "backupVault",
    readonly front: Front = "dynamic",
  ) {}

  readonly warnings: string[] = [];
  /** All that the host printed: the engine shows it to the user. */
  printed = "";
  #process?: ChildProcess;
  #engine?: { forceShutdown(): void };
  // biome-ignore lint/suspicious/noExplicitAny: the generated client has no types of its own
  #client: any;

  /**
   * @param how by the engine; by Pulumi's language host, as a directory with a PulumiPlugin.yaml; or it runs already, as
   * under a debugger, and hears only then of an engine
   */
  async start(
    env: Record<string, string | undefined>,
    config: Record<string, unknown> = {},
    how: "by the engine" | "by the language host" | "before the engine" = "by the engine",
  ): Promise<this> {
    const address = await this.#startEngine();
    const directory = join(root, "plugin");
    const ofPlugin =
      how === "by the language host"
        ? [fromPulumi.resolve("./cmd/run-plugin"), directory]
        : [join(directory, "pulumi-resource-azure-backup")];
    const script = this.front === "dynamic" ? [fromPulumi.resolve("./cmd/dynamic-provider")] : ofPlugin;
    const isAttached = how === "before the engine";
    this.#process = spawn("node", [...script, ...(isAttached ? [] : [address])], {
      // Where there is a tsconfig.json, Pulumi checks the types of all that the plugin loads, which takes a minute.
      cwd: how === "by the language host" ? directory : root,
      env: { ...process.env, ...compiled, ...env },
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text) => (this.printed += text));
    const [port] = await once(this.#process.stdout as NodeJS.ReadableStream, "data");
    this.#process.stdout?.setEncoding("utf8").on("data", (text) => (this.printed += text));
    this.#client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, grpc.credentials.createInsecure());
    if (isAttached) {
      const attach = new PluginAttach();
      attach.setAddress(address);
      await this.call("attach", attach);
    }
    const request = new messages.ConfigureRequest();
    const named = Object.entries(config).map(([key, value]) => [
      this.front === "plugin" ? key.split(":")[1] : key,
      value,
    ]);
    request.setArgs(Struct.fromJavaScript(Object.fromEntries(named)));
    await this.call("configure", request);
    return this;
  }

  async check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: string[]; properties: string[] }> {
    const request = this.#about(new messages.CheckRequest());
    // The engine sends no old inputs for a new resource.
    request.setOlds(Struct.fromJavaScript(Object.keys(olds).length > 0 ? this.#withProvider(olds) : {}));
    request.setNews(Struct.fromJavaScript(this.#withProvider(news)));
    const response = await this.call("check", request);
    const failures = response.getFailuresList();
    return {
      inputs: without(response.getInputs().toJavaScript()),
      // biome-ignore lint/suspicious/noExplicitAny: generated
      failures: failures.map((failure: any) => failure.getReason()),
      // biome-ignore lint/suspicious/noExplicitAny: generated
      properties: failures.map((failure: any) => failure.getProperty()),
    };
  }

  /** @param oldInputs what a plugin is told as well */
  async diff(id: string, olds: Properties, news: Properties, oldInputs: Properties = olds) {
    const response = await this.#diff(id, olds, news, oldInputs);
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList() as string[],
      deleteBeforeReplace: response.getDeletebeforereplace() as boolean,
    };
  }

  /** Which inputs the plugin says have changed, by their paths, and how. */
  async detailedDiff(id: string, olds: Properties, news: Properties, oldInputs: Properties = olds) {
    const response = await this.#diff(id, olds, news, oldInputs);
    const entries: [string, { getKind(): number }][] = [];
    response.getDetaileddiffMap().forEach((value: { getKind(): number }, path: string) => {
      entries.push([path, value]);
    });
    const kinds = Object.keys(messages.PropertyDiff.Kind);
    return Object.fromEntries(entries.map(([path, value]) => [path, kinds[value.getKind()]]));
  }

  /** The arguments that the plugin names as changed, which `replaceOnChanges` is about. */
  async changedArguments(...change: Parameters<Host["diff"]>): Promise<string[]> {
    const [id, olds, news, oldInputs = olds] = change;
    return (await this.#diff(id, olds, news, oldInputs)).getDiffsList();
  }

  // biome-ignore lint/suspicious/noExplicitAny: generated messages have no types here
  async #diff(id: string, olds: Properties, news: Properties, oldInputs: Properties): Promise<any> {
    const request = this.#about(new messages.DiffRequest());
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(this.#withProvider(olds)));
    request.setNews(Struct.fromJavaScript(this.#withProvider(news)));
    if (this.front === "plugin") request.setOldInputs(Struct.fromJavaScript(oldInputs));
    return this.call("diff", request);
  }

  async create(inputs: Properties, { preview = false, timeout = 0 } = {}): Promise<{ id: string; outs: Properties }> {
    const request = this.#about(new messages.CreateRequest());
    request.setProperties(Struct.fromJavaScript(this.#withProvider(inputs)));
    request.setPreview(preview);
    request.setTimeout(timeout);
    const response = await this.call("create", request);
    return { id: response.getId(), outs: without(response.getProperties().toJavaScript()) };
  }

  /** An empty id says that the resource is gone. */
  async read(
    id: string,
    props: Properties,
    inputs: Properties = {},
  ): Promise<{ id: string; props: Properties; inputs?: Properties }> {
    const request = this.#about(new messages.ReadRequest());
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(this.#withProvider(props)));
    request.setInputs(Struct.fromJavaScript(inputs));
    const response = await this.call("read", request);
    return {
      id: response.getId(),
      props: without(response.getProperties()?.toJavaScript() ?? {}),
      inputs: response.getInputs() && without(response.getInputs().toJavaScript()),
    };
  }

  async update(id: string, olds: Properties, news: Properties, { preview = false } = {}): Promise<Properties> {
    const request = this.#about(new messages.UpdateRequest());
    request.setPreview(preview);
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(this.#withProvider(olds)));
    request.setNews(Struct.fromJavaScript(this.#withProvider(news)));
    return without((await this.call("update", request)).getProperties().toJavaScript());
  }

  async delete(id: string, props: Properties): Promise<void> {
    const request = this.#about(new messages.DeleteRequest());
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(this.#withProvider(props)));
    await this.call("delete", request);
  }

  /** The IDs and names of what a plugin finds of a type. */
  list(token: string, query: Properties = {}, limit = 0): Promise<{ id: string; name: string }[]> {
    const request = new messages.ListRequest();
    request.setToken(token);
    request.setQuery(Struct.fromJavaScript(query));
    request.setLimit(limit);
    const found: { id: string; name: string }[] = [];
    return new Promise((done, fail) => {
      this.#client
        .list(request)
        .on("data", (response: { getResult(): { toObject(): { id: string; name: string } } }) =>
          found.push(response.getResult().toObject()),
        )
        .on("error", (error: unknown) => fail(hostError(error)))
        .on("end", () => done(found));
    });
  }

  async stop(): Promise<void> {
    this.#client?.close();
    this.#engine?.forceShutdown();
    await this.terminate();
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  /** By a signal, as a system that shuts down. */
  async terminate(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill();
    await once(this.#process, "close");
  }

  #withProvider(properties: Properties): Properties {
    return this.front === "plugin" ? properties : { __provider: handlerConstant(this.handler), ...properties };
  }

  // biome-ignore lint/suspicious/noExplicitAny: generated messages have no types here
  #about(request: any): any {
    const type = this.handler.replace(/^./, (first) => first.toUpperCase());
    request.setUrn(`urn:pulumi:dev::test::azure-backup:index:${type}::${this.handler}`);
    return request;
  }

  // biome-ignore lint/suspicious/noExplicitAny: generated messages have no types here
  call(method: string, request: any): Promise<any> {
    return new Promise((done, fail) => {
      // biome-ignore lint/suspicious/noExplicitAny: generated
      this.#client[method](request, (error: any, response: any) => (error ? fail(hostError(error)) : done(response)));
    });
  }

  /** As much of an engine as the host logs to. */
  #startEngine(): Promise<string> {
    const server = new grpc.Server();
    this.#engine = server;
    const unused = (_call: unknown, done: (error: null, empty: unknown) => void) => done(null, new Empty());
    server.addService(engineService, {
      // biome-ignore lint/suspicious/noExplicitAny: generated
      log: (call: any, done: (error: null, empty: unknown) => void) => {
        this.warnings.push(call.request.getMessage());
        done(null, new Empty());
      },
      getRootResource: unused,
      setRootResource: unused,
    });
    return new Promise((done, fail) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", credentials, (error: Error | null, port: number) =>
        error ? fail(error) : done(`127.0.0.1:${port}`),
      );
    });
  }
}

function without(properties: Properties): Properties {
  const { __provider: _, ...rest } = properties;
  return rest;
}

// biome-ignore lint/suspicious/noExplicitAny: a gRPC error carries more than its type says
export function hostError(error: any): HostError & Error {
  const details = error.metadata?.get("grpc-status-details-bin")?.[0];
  const result: HostError & Error = Object.assign(new Error(error.details ?? error.message), {
    code: error.code,
  });
  if (details) {
    const any = Status.deserializeBinary(details).getDetailsList()[0];
    const failed = ErrorResourceInitFailed.deserializeBinary(any.getValue());
    const properties = failed.getProperties().toJavaScript();
    result.partial = { id: failed.getId(), properties, reasons: failed.getReasonsList() };
  }
  return result;
}
