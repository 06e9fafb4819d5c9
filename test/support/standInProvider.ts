import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

// Pulumi's own copies of gRPC and protobuf: another copy of the same version does not fit its messages.
const fromPulumi = createRequire(join(root, "node_modules/@pulumi/pulumi/package.json"));
const grpc = fromPulumi("@grpc/grpc-js");
const { Struct } = fromPulumi("google-protobuf/google/protobuf/struct_pb");
const { Empty } = fromPulumi("google-protobuf/google/protobuf/empty_pb");
const { ResourceProviderService } = fromPulumi("./proto/provider_grpc_pb");
const messages = fromPulumi("./proto/provider_pb");
const { PluginInfo } = fromPulumi("./proto/plugin_pb");

type Properties = Record<string, unknown>;

/** How a stand-in treats one type. */
export interface StandInType {
  id(inputs: Properties): string;
  /** The properties of a change for which the real provider makes another resource. */
  replaces(olds: Properties, news: Properties): string[];
}

/**
 * A provider that takes whatever it is given for the truth, in this process: a real engine attaches to it where
 * PULUMI_DEBUG_PROVIDERS names its package and port. Of the real provider it has only what decides between an update
 * and a replacement.
 *
 * @param live what a refresh or an import finds. @default what the state has
 */
export async function startStandIn(
  types: Record<string, StandInType>,
  live: (id: string) => Properties | undefined = () => undefined,
) {
  const server = new grpc.Server();
  // biome-ignore-start lint/suspicious/noExplicitAny: generated messages have no types here
  const reply = (make: (request: any) => any) => (call: any, done: (error: unknown, response?: any) => void) => {
    try {
      done(null, make(call.request));
    } catch (error) {
      done(error);
    }
  };
  const echo = (request: any) => {
    const response = new messages.CheckResponse();
    response.setInputs(request.getNews());
    return response;
  };
  const typeOf = (urn: string) => types[urn.split("::")[2]?.split("$").at(-1) ?? ""];
  server.addService(ResourceProviderService, {
    getPluginInfo: reply(() => {
      const info = new PluginInfo();
      info.setVersion("99.0.0");
      return info;
    }),
    attach: reply(() => new Empty()),
    checkConfig: reply(echo),
    diffConfig: reply(() => new messages.DiffResponse()),
    configure: reply(() => {
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(false);
      return response;
    }),
    check: reply(echo),
    diff: reply((request) => {
      const [olds, news] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map((each) =>
        each.toJavaScript(),
      );
      const response = new messages.DiffResponse();
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      response.setChanges(JSON.stringify(olds) === JSON.stringify(news) ? DIFF_NONE : DIFF_SOME);
      response.setReplacesList(typeOf(request.getUrn())?.replaces(olds, news) ?? []);
      response.setDeletebeforereplace(true);
      return response;
    }),
    create: reply((request) => {
      const response = new messages.CreateResponse();
      const inputs = request.getProperties();
      response.setId(typeOf(request.getUrn())?.id(inputs.toJavaScript()) ?? request.getUrn());
      response.setProperties(inputs);
      return response;
    }),
    update: reply((request) => {
      const response = new messages.UpdateResponse();
      response.setProperties(request.getNews());
      return response;
    }),
    read: reply((request) => {
      const response = new messages.ReadResponse();
      const found = live(request.getId());
      response.setId(request.getId());
      response.setInputs(found ? Struct.fromJavaScript(found) : request.getInputs());
      response.setProperties(found ? Struct.fromJavaScript(found) : request.getProperties());
      return response;
    }),
    delete: reply(() => new Empty()),
    cancel: reply(() => new Empty()),
  });
  // biome-ignore-end lint/suspicious/noExplicitAny: generated messages have no types here
  const port = await new Promise<number>((done, fail) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error: Error | null, bound: number) =>
      error ? fail(error) : done(bound),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}
