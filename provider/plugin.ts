/** The plugin `pulumi-resource-azure-backup`, which the engine starts for programs in any language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cancelRun } from "./azure/index.js";
import { backupVault, encryptionSettings, identityAssignment, keyAccess, recoveryServicesVault } from "./handlers.js";
import { hostContext, useEngine } from "./host/context.js";
import { providerConfig } from "./host/plugin/providerConfig.js";
import { pluginResource, type Served } from "./host/plugin/resource.js";
import { service } from "./host/plugin/service.js";
import { fromPulumi } from "./host/pulumiModules.js";
import { definitions } from "./vaults/definitions.js";
import type { VaultKind } from "./vaults/vaultId.js";

type Properties = Record<string, unknown>;

const vault = (kind: VaultKind, handler: string, handlers: Served["handlers"]) =>
  pluginResource({
    handlers,
    handler,
    outputs: ["vaultId", ...Object.keys(definitions[kind].outputs)],
    changing: ({ identity: before }, { identity: after }) =>
      Object.keys(definitions[kind].outputs).filter(
        (name) => !ofIdentity.includes(name) || JSON.stringify(before) !== JSON.stringify(after),
      ),
  });

const grant = ["grantedBy", "roleAssignmentId", "keyVaultId", "keyPermissions"];

/** They change only with the vault's identities. */
const ofIdentity = ["principalId", "tenantId"];

const resources = {
  "azure-backup:index:BackupVault": vault("BackupVault", "backupVault", backupVault),
  "azure-backup:index:RecoveryServicesVault": vault(
    "RecoveryServicesVault",
    "recoveryServicesVault",
    recoveryServicesVault,
  ),
  "azure-backup:index:IdentityAssignment": pluginResource({
    handlers: identityAssignment,
    handler: "identityAssignment",
    outputs: ["principalId", "tenantId", "clientId"],
    // Another identity is another assignment. Only what an earlier run could not read may come.
    changing: ({ clientId }) => (clientId === undefined ? ["clientId"] : []),
  }),
  "azure-backup:index:EncryptionSettings": pluginResource({
    handlers: encryptionSettings,
    handler: "encryptionSettings",
    outputs: ["state"],
    changing: () => ["state"],
  }),
  "azure-backup:index:KeyAccess": pluginResource({
    handlers: keyAccess,
    handler: "keyAccess",
    outputs: grant,
    changing: ({ isUnfinished }) => (isUnfinished === true ? grant : []),
  }),
};

const functions = {
  async "azure-backup:index:getVaultOverview"({ vaultId }: Properties): Promise<Properties> {
    const { look } = await import("./functions/look.js");
    const seen = await look(String(vaultId), hostContext.setting);
    if ("overview" in seen) return { ...seen.overview };
    throw new Error(seen.message);
  },
};

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
    service({ version, schema, resources, functions, config: providerConfig, useEngine, cancel: cancelRun }),
  );
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: Error | null, port: number) => {
    if (error) throw error;
    // The engine reads the port from the first line.
    console.log(port);
  });
  // What is running ends as at its deadline, and the engine records how far it came.
  process.once("SIGTERM", () => {
    cancelRun();
    server.tryShutdown(() => process.exit());
  });
}
