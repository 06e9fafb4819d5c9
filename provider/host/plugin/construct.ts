import type * as pulumi from "@pulumi/pulumi";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import type * as structProto from "google-protobuf/google/protobuf/struct_pb";
import { engineAddress } from "../context.js";
import { fromPulumi } from "../pulumiModules.js";
import { failingAlone, runEnded } from "./constructFailures.js";
import { optionsOf } from "./constructOptions.js";
import { outputsIn } from "./outputValues.js";
import { fromStruct } from "./struct.js";

/** A component that the plugin makes for programs that do not have its class. */
export interface ServedComponent {
  /** The outputs, by their names on the component. */
  outputs: readonly string[];
  /** Loaded when a program has such a component. */
  load(): Promise<new (name: string, args: never, opts: pulumi.ComponentResourceOptions) => pulumi.ComponentResource>;
}

/**
 * Makes a component: the plugin registers its resources with the engine, as a program does. Several are made at once, and each
 * has the SDK's settings for itself.
 */
export async function construct(
  request: proto.ConstructRequest,
  { outputs, load }: ServedComponent,
): Promise<proto.ConstructResponse> {
  const Component = await load();
  return failingAlone(async () => {
    await beginProgram(request);
    const { deserializeProperty } = fromPulumi("./runtime/rpc");
    const dependencies = request.getInputdependenciesMap();
    const args = Object.entries(fromStruct(request.getInputs())).map(([name, value]) => {
      return [name, deserializeProperty(outputsIn(value, dependencies.get(name)?.getUrnsList() ?? []))];
    });
    const component = new Component(request.getName(), Object.fromEntries(args) as never, optionsOf(request));
    const { waitForRPCs } = fromPulumi("./runtime/settings");
    await waitForRPCs();
    const { getStore } = fromPulumi("./runtime/state");
    if (getStore().terminated) throw runEnded();
    return responseFor(component, outputs);
  });
}

/** What Pulumi's language host tells a program by its environment. */
async function beginProgram(request: proto.ConstructRequest): Promise<void> {
  const engine = engineAddress();
  if (!engine) throw new Error("The engine that this plugin belongs to is not known, so it can make no components.");
  const { resetOptions, awaitFeatureSupport } = fromPulumi("./runtime/settings");
  resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    engine,
    request.getMonitorendpoint(),
    request.getDryrun(),
    request.getOrganization(),
  );
  await awaitFeatureSupport();
  const { setAllConfig } = fromPulumi("./runtime/config");
  setAllConfig(Object.fromEntries(request.getConfigMap().toArray()), request.getConfigsecretkeysList());
}

async function responseFor(
  component: pulumi.ComponentResource,
  outputs: readonly string[],
): Promise<proto.ConstructResponse> {
  const { ConstructResponse } = fromPulumi("./proto/provider_pb") as typeof proto;
  const { Struct } = fromPulumi("google-protobuf/google/protobuf/struct_pb") as typeof structProto;
  const { serializeResourceProperties } = fromPulumi("./runtime/rpc");
  const response = new ConstructResponse();
  const urnOf = ({ urn }: pulumi.Resource): Promise<string> => Reflect.get(urn, "promise").call(urn);
  response.setUrn(await urnOf(component));
  const state = Object.fromEntries(outputs.map((name) => [name, Reflect.get(component, name)]));
  const [values, dependencies]: [Record<string, structProto.JavaScriptValue>, Map<string, Set<pulumi.Resource>>] =
    await serializeResourceProperties(component.constructor.name, state);
  response.setState(Struct.fromJavaScript(values));
  for (const [name, resources] of dependencies) {
    const urns = new ConstructResponse.PropertyDependencies();
    urns.setUrnsList(await Promise.all([...resources].map(urnOf)));
    response.getStatedependenciesMap().set(name, urns);
  }
  return response;
}
