import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

// Pulumi's own copies of gRPC and protobuf: another copy of the same version does not fit its messages.
const fromPulumi = createRequire(join(root, "node_modules/@pulumi/pulumi/package.json"));
const grpc = fromPulumi("@grpc/grpc-js");
const { ResourceMonitorService } = fromPulumi("./proto/resource_grpc_pb");
const resource = fromPulumi("./proto/resource_pb");
const { Struct } = fromPulumi("google-protobuf/google/protobuf/struct_pb");
const { Empty } = fromPulumi("google-protobuf/google/protobuf/empty_pb");

/** A resource as a program registers it. */
export interface Registered {
  type: string;
  name: string;
  parent: string;
  provider: string;
  protect: boolean;
  dependencies: string[];
  aliases: string[];
  inputs: Record<string, unknown>;
}

type Done = (error: object | null, response?: unknown) => void;

/** The part of an engine that programs register resources with. It makes none: what is registered is what they are. */
export class Monitor {
  readonly registered: Registered[] = [];
  address = "";
  readonly #server = new grpc.Server();

  /** @param answer a refusal, the outputs besides the inputs, or nothing as long as the resource is not made */
  constructor(readonly answer: (resource: Registered) => Error | Record<string, unknown> | undefined) {}

  async start(): Promise<this> {
    const { ResourceMonitorFeature } = resource;
    this.#server.addService(ResourceMonitorService, {
      getDeploymentInfo: (_: unknown, done: Done) => {
        const response = new resource.DeploymentInfo();
        response.setSupportedfeaturesList(Object.values(ResourceMonitorFeature));
        done(null, response);
      },
      // biome-ignore lint/suspicious/noExplicitAny: generated
      registerResource: ({ request }: { request: any }, done: Done) => this.#register(request, done),
      registerResourceOutputs: (_: unknown, done: Done) => done(null, new Empty()),
    });
    const port = await new Promise<number>((started, fail) =>
      this.#server.bindAsync(
        "127.0.0.1:0",
        grpc.ServerCredentials.createInsecure(),
        (error: Error | null, bound: number) => (error ? fail(error) : started(bound)),
      ),
    );
    this.address = `127.0.0.1:${port}`;
    return this;
  }

  // biome-ignore lint/suspicious/noExplicitAny: generated
  #register(request: any, done: Done): void {
    const registered: Registered = {
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      provider: request.getProvider(),
      protect: request.getProtect(),
      dependencies: request.getDependenciesList(),
      // biome-ignore lint/suspicious/noExplicitAny: generated
      aliases: request.getAliasesList().map((alias: any) => alias.getUrn() || alias.getSpec().getType()),
      inputs: request.getObject().toJavaScript(),
    };
    this.registered.push(registered);
    const answer = this.answer(registered);
    if (answer === undefined) return;
    if (answer instanceof Error) {
      done({ code: grpc.status.UNKNOWN, details: answer.message });
      return;
    }
    const response = new resource.RegisterResourceResponse();
    response.setUrn(`urn:pulumi:dev::test::${registered.type}::${registered.name}`);
    response.setId(`id-${registered.name}`);
    response.setObject(Struct.fromJavaScript({ ...registered.inputs, ...answer }));
    done(null, response);
  }

  stop(): void {
    this.#server.forceShutdown();
  }
}
