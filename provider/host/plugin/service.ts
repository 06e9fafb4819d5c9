import type * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import type * as statusProto from "@pulumi/pulumi/proto/status_pb";
import type * as anyProto from "google-protobuf/google/protobuf/any_pb";
import type * as emptyProto from "google-protobuf/google/protobuf/empty_pb";
import type { useEngine } from "../context.js";
import { fromPulumi } from "../pulumiModules.js";
import { isPartialResource, sanitize } from "../serve.js";
import { construct, type ServedComponent } from "./construct.js";
import { endComponents } from "./constructFailures.js";
import type { ProviderConfig } from "./providerConfig.js";
import type { PluginResource } from "./resource.js";
import { fromStruct, toStruct } from "./struct.js";
import { withoutMarks } from "./values.js";

/** What the plugin serves. */
export interface Plugin {
  version: string;
  /** The schema, as JSON. */
  schema(): string;
  /** By type token. */
  resources: Readonly<Record<string, PluginResource>>;
  /** By type token. */
  components: Readonly<Record<string, ServedComponent>>;
  /** By token. Arguments and result are plain values, with the paths of secret arguments in `__secrets`. */
  functions: Readonly<Record<string, (args: Properties) => Promise<Properties>>>;
  /** The IDs of what Azure has of a type, by its token. */
  lists: Readonly<Record<string, (query: Properties) => Promise<string[]>>>;
  config: ProviderConfig;
  useEngine: typeof useEngine;
  /** Ends what is running: nothing new is sent, and what Azure has accepted is recorded as unfinished. */
  cancel(): void;
}

type Properties = Record<string, unknown>;

const messages = (): typeof proto => fromPulumi("./proto/provider_pb");

/**
 * Pulumi's provider protocol. The SDK's own server cannot import, shows no differences between properties, and does not
 * pass on the provider's configuration.
 * https://pulumi-developer-docs.readthedocs.io/latest/docs/_generated/proto/provider.html
 */
export function service(plugin: Plugin) {
  const { CheckFailure, CheckResponse, ConfigureResponse, CreateResponse, DiffResponse, GetSchemaResponse } =
    messages();
  const { InvokeResponse, ProviderHandshakeResponse, ReadResponse, UpdateResponse } = messages();

  const resource = (urn: string): PluginResource => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    return known(plugin.resources, "type", type);
  };
  const checked = ({ inputs, failures }: { inputs: Properties; failures: { property: string; reason: string }[] }) => {
    const response = new CheckResponse();
    response.setInputs(toStruct(inputs));
    response.setFailuresList(
      failures.map(({ property, reason }) => {
        const failure = new CheckFailure();
        failure.setProperty(property);
        failure.setReason(reason);
        return failure;
      }),
    );
    return response;
  };
  const differing = ({
    changes,
    replaces,
    deleteBeforeReplace,
    properties,
  }: Awaited<ReturnType<PluginResource["diff"]>>) => {
    const { PropertyDiff } = messages();
    const response = new DiffResponse();
    response.setChanges(changes ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
    response.setReplacesList(replaces);
    response.setDeletebeforereplace(deleteBeforeReplace);
    // What is said for one run, such as `adopt`, changes nothing.
    const shown = changes ? [...properties] : [];
    response.setDiffsList([...new Set(shown.map(([path]) => path.replace(/[.[].*$/s, "")))]);
    response.setHasdetaileddiff(shown.length > 0);
    for (const [path, kind] of shown) {
      const difference = new PropertyDiff();
      difference.setKind(PropertyDiff.Kind[kind]);
      difference.setInputdiff(true);
      response.getDetaileddiffMap().set(path, difference);
    }
    return response;
  };

  return {
    handshake: answer(async (request: proto.ProviderHandshakeRequest) => {
      plugin.useEngine(request.getEngineAddress());
      const response = new ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptOutputs(true);
      return response;
    }),
    attach: answer(async (request: pluginProto.PluginAttach) => {
      plugin.useEngine(request.getAddress());
      return empty();
    }),
    getPluginInfo: answer(async () => {
      const { PluginInfo } = fromPulumi("./proto/plugin_pb") as typeof pluginProto;
      const info = new PluginInfo();
      info.setVersion(plugin.version);
      return info;
    }),
    getSchema: answer(async () => {
      const response = new GetSchemaResponse();
      response.setSchema(plugin.schema());
      return response;
    }),
    checkConfig: answer(async (request: proto.CheckRequest) =>
      checked(plugin.config.check(fromStruct(request.getNews()))),
    ),
    diffConfig: answer(async (request: proto.DiffRequest) => {
      const [old, wanted] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map(fromStruct);
      return differing(plugin.config.diff(old ?? {}, wanted ?? {}));
    }),
    configure: answer(async (request: proto.ConfigureRequest) => {
      plugin.config.set(fromStruct(request.getArgs()));
      const response = new ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptoutputs(true);
      response.setSupportspreview(true);
      return response;
    }),
    check: answer(async (request: proto.CheckRequest) =>
      checked(await resource(request.getUrn()).check(fromStruct(request.getOlds()), fromStruct(request.getNews()))),
    ),
    diff: answer(async (request: proto.DiffRequest) =>
      differing(
        await resource(request.getUrn()).diff(request.getId(), {
          old: fromStruct(request.getOlds()),
          oldInputs: fromStruct(request.getOldInputs()),
          wanted: fromStruct(request.getNews()),
        }),
      ),
    ),
    create: answer(async (request: proto.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      const target = resource(request.getUrn());
      const { id, outs } = request.getPreview()
        ? target.previewCreate(inputs)
        : await target.create(inputs, request.getTimeout());
      const response = new CreateResponse();
      response.setId(id);
      response.setProperties(toStruct(outs));
      return response;
    }),
    read: answer(async (request: proto.ReadRequest) => {
      const [properties, inputs] = [request.getProperties(), request.getInputs()].map(fromStruct);
      const found = await resource(request.getUrn()).read(request.getId(), properties ?? {}, inputs ?? {});
      const response = new ReadResponse();
      // Without an ID the engine removes the resource from its state.
      if (!found) return response;
      response.setId(found.id);
      response.setProperties(toStruct(found.props));
      response.setInputs(toStruct(found.inputs));
      return response;
    }),
    update: answer(async (request: proto.UpdateRequest) => {
      const [old, wanted] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const target = resource(request.getUrn());
      const { outs } = request.getPreview()
        ? target.previewUpdate(old, wanted)
        : await target.update(request.getId(), old, wanted, request.getTimeout());
      const response = new UpdateResponse();
      response.setProperties(toStruct(outs));
      return response;
    }),
    delete: answer(async (request: proto.DeleteRequest) => {
      const properties = fromStruct(request.getProperties());
      await resource(request.getUrn()).delete(request.getId(), properties, request.getTimeout());
      return empty();
    }),
    invoke: answer(async (request: proto.InvokeRequest) => {
      const called = known(plugin.functions, "function", request.getTok());
      const response = new InvokeResponse();
      response.setReturn(toStruct(sanitize(await called(withoutMarks(fromStruct(request.getArgs()))))));
      return response;
    }),
    construct: answer(async (request: proto.ConstructRequest) =>
      construct(request, known(plugin.components, "component", request.getType())),
    ),
    list: answerWithMany(async (request: proto.ListRequest) => {
      const { ListResponse } = messages();
      const list = known(plugin.lists, "list of", request.getToken());
      const ids = await list(withoutMarks(fromStruct(request.getQuery())));
      return ids.slice(0, request.getLimit() || undefined).map((id) => {
        const result = new ListResponse.Result();
        result.setId(id);
        result.setName(id.slice(id.lastIndexOf("/") + 1));
        const response = new ListResponse();
        response.setResult(result);
        return response;
      });
    }),
    cancel: answer(async () => {
      plugin.cancel();
      endComponents();
      return empty();
    }),
  };
}

function known<T>(all: Readonly<Record<string, T>>, what: string, token: string): T {
  const found = Object.hasOwn(all, token) ? all[token] : undefined;
  if (!found) throw new Error(`This version of the plugin does not know the ${what} ${token}.`);
  return found;
}

const empty = (): emptyProto.Empty => new (fromPulumi("google-protobuf/google/protobuf/empty_pb").Empty)();

/** gRPC's callback: an error, or a message. */
type Done<R> = (error: object | null, response?: R) => void;

/** Answers a call with a message, or with an error that carries no stack trace. */
function answer<Q, R>(work: (request: Q) => Promise<R>) {
  return ({ request }: { request: Q }, done: Done<R>): void => {
    work(request).then(
      (response) => done(null, response),
      (error: Error) => done(statusOf(error)),
    );
  };
}

/** The same for a call that is answered by a stream of messages. */
function answerWithMany<Q, R>(work: (request: Q) => Promise<R[]>) {
  return (call: Stream<Q, R>): void => {
    work(call.request).then(
      (responses) => {
        for (const response of responses) call.write(response);
        call.end();
      },
      (error: Error) => call.emit("error", statusOf(error)),
    );
  };
}

interface Stream<Q, R> {
  request: Q;
  write(response: R): void;
  end(): void;
  emit(event: "error", error: object): void;
}

/** An unfinished resource is recorded with its ID and these properties, so that the next run continues with it. */
function statusOf(error: Error): object {
  const { Metadata, status } = fromPulumi("@grpc/grpc-js");
  if (!isPartialResource(error)) return { code: status.UNKNOWN, details: error.message };
  const { ErrorResourceInitFailed } = messages();
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.properties));
  detail.setReasonsList(error.reasons);
  const { Any } = fromPulumi("google-protobuf/google/protobuf/any_pb") as typeof anyProto;
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const { Status } = fromPulumi("./proto/status_pb") as typeof statusProto;
  const full = new Status();
  full.setCode(status.UNKNOWN);
  full.setMessage(error.message);
  full.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return { code: status.UNKNOWN, details: error.message, metadata };
}
