/** The plugin `pulumi-resource-azure-backup`, which the engine starts for programs in any language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cancelRun } from "./azure/index.js";
import { hostContext, useEngine } from "./host/context.js";
import type { ServedComponent } from "./host/plugin/construct.js";
import { endComponents } from "./host/plugin/constructFailures.js";
import { providerConfig } from "./host/plugin/providerConfig.js";
import { pluginResource } from "./host/plugin/resource.js";
import { service } from "./host/plugin/service.js";
import { fromPulumi } from "./host/pulumiModules.js";
import { hidingSecrets } from "./host/secrets.js";
import { serve } from "./host/serve.js";
import { lifecycles } from "./lifecycles.js";
import { definitions } from "./vaults/definitions.js";
import {
  type ComponentName,
  componentNames,
  components,
  handlerName,
  resourceTypeNames,
  resourceTypes,
} from "./vaults/resourceTypes.js";

type Properties = Record<string, unknown>;

const resources = Object.fromEntries(
  resourceTypeNames.map((type) => {
    const handler = handlerName(type);
    const served = { ...resourceTypes[type], handler, handlers: serve(lifecycles[handler]) };
    return [`azure-backup:index:${type}`, pluginResource(served)];
  }),
);

/** The classes that TypeScript programs have, loaded when a program in another language makes such a component. */
const classes: Record<ComponentName, ServedComponent["load"]> = {
  ProtectedWorkload: async () => (await import("./resources/protectedWorkload.js")).ProtectedWorkload,
};

const servedComponents = componentNames.map((name): [string, ServedComponent] => [
  `azure-backup:index:${name}`,
  {
    ...components[name],
    async load() {
      const { servedByThisPlugin } = await import("./host/program/checks.js");
      servedByThisPlugin();
      return classes[name]();
    },
  },
]);

const functions = {
  async "azure-backup:index:getVaultOverview"(args: Properties): Promise<Properties> {
    const { vaultId } = args;
    if (typeof vaultId !== "string") throw new Error("getVaultOverview: vaultId must be the ARM ID of a vault.");
    // Of this call alone: otherwise each ID in the vault's subscription would be secret.
    const { secrets } = hidingSecrets({ ...hostContext });
    secrets.learn(args);
    const { look } = await import("./functions/look.js");
    const seen = await look(vaultId, hostContext.setting);
    if ("overview" in seen) return { ...seen.overview };
    throw new Error(secrets.hide(seen.message));
  },
};

/** Vaults alone: what belongs to a vault is listed by none of Azure's calls for a whole subscription. */
const lists = Object.fromEntries(
  Object.values(definitions).map(({ kind }) => [
    `azure-backup:index:${kind}`,
    async ({ subscriptionId }: Properties) => {
      const { listVaults } = await import("./functions/listVaults.js");
      return listVaults(kind, hostContext.azure(), subscriptionId ? String(subscriptionId) : undefined);
    },
  ]),
);

/** Serves the engine that started this process, until it ends it. */
export function main(): void {
  const fromPackage = (file: string) => readFileSync(join(__dirname, "..", "..", file), "utf8");
  const { version } = JSON.parse(fromPackage("package.json"));
  const grpc = fromPulumi("@grpc/grpc-js");
  const { ResourceProviderService } = fromPulumi("./proto/provider_grpc_pb");
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  const schema = () => fromPackage("docs/schema.json");
  server.addService(
    ResourceProviderService,
    service({
      version,
      schema,
      resources,
      components: Object.fromEntries(servedComponents),
      functions,
      lists,
      config: providerConfig,
      useEngine,
      cancel: cancelRun,
    }),
  );
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: Error | null, port: number) => {
    if (error) throw error;
    // The engine reads the port from the first line.
    console.log(port);
  });
  // An engine that is killed ends no plugin. One that it leaves behind would wait for ever, and could still write.
  const engine = process.ppid;
  const watch = setInterval(() => process.ppid === engine || process.exit(), 1_000);
  watch.unref();
  // What is running ends as at its deadline, and the engine records how far it came.
  process.once("SIGTERM", () => {
    cancelRun();
    endComponents();
    server.tryShutdown(() => process.exit());
  });
}
