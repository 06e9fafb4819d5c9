import type * as pulumi from "@pulumi/pulumi";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import { fromPulumi } from "../pulumiModules.js";

/** The options of a component, as its program has set them. */
export function optionsOf(request: proto.ConstructRequest): pulumi.ComponentResourceOptions {
  const { DependencyResource, DependencyProviderResource } = fromPulumi("./resource");
  const { hookBindingFromProto } = fromPulumi("./runtime/resource");
  const resource = (urn: string): pulumi.Resource | undefined => (urn === "" ? undefined : new DependencyResource(urn));
  const providers = request.getProvidersMap().toArray() as unknown as [name: string, reference: string][];
  const parent = resource(request.getParent());
  const deletedWith = resource(request.getDeletedwith());
  const timeouts = request.getCustomtimeouts();
  return {
    aliases: request.getAliasesList().map(aliasOf),
    dependsOn: request.getDependenciesList().map((urn) => new DependencyResource(urn)),
    providers: Object.fromEntries(
      providers.map(([name, reference]) => [name, new DependencyProviderResource(reference)]),
    ),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    ...(timeouts && { customTimeouts: timeouts.toObject() }),
    hooks: hookBindingFromProto(request.getResourceHooks()),
    ...(parent && { parent }),
    ...(deletedWith && { deletedWith }),
    // Where the program says nothing, the parent's options apply.
    ...(request.hasProtect() && { protect: request.getProtect() }),
    ...(request.hasRetainondelete() && { retainOnDelete: request.getRetainondelete() }),
  } as pulumi.ComponentResourceOptions;
}

/** Older SDKs have them as URNs. */
function aliasOf(alias: Alias | pulumi.URN): pulumi.URN | pulumi.Alias {
  if (typeof alias === "string") return alias;
  const spec = alias.getSpec();
  if (!spec) return alias.getUrn();
  const { name, type, project, stack, parenturn } = spec.toObject();
  const named = Object.entries({ name, type, project, stack, parent: parenturn }).filter(([, value]) => value !== "");
  const { rootStackResource } = fromPulumi("./resource");
  return { ...Object.fromEntries(named), ...(spec.getNoparent() && { parent: rootStackResource }) };
}
