import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { signIn, startEmulator } from "../scripts/lib/emulatorProcess.mjs";
import { pulumiEnv } from "../scripts/lib/pulumiEnv.mjs";
import { root } from "../scripts/lib/root.mjs";
import { installPackage } from "./installed.mjs";

const vaults = (args, count) => `
    const { BackupVault } = require("pulumi-azure-backup");
    const args = ${JSON.stringify(args)};
    for (let n = 0; n < ${count}; n++) new BackupVault("vault-" + n, { ...args, vaultName: "vault-" + n });`;

const recoveryServicesVaults = (count) => `
    const { RecoveryServicesVault } = require("pulumi-azure-backup");
    const args = ${JSON.stringify(recoveryServices)};
    for (let n = 0; n < ${count}; n++) new RecoveryServicesVault("vault-" + n, { ...args, vaultName: "vault-" + n });`;

/** Ten vaults with as many disks each as the environment says: their roles come when the vaults have their identities. */
const instances = (count) => `
    const { BackupInstance, BackupPolicy, BackupVault } = require("pulumi-azure-backup");
    const args = ${JSON.stringify({ ...plain, identity: { type: "SystemAssigned" } })};
    for (let n = 0; n < ${count}; n++) {
      const vault = new BackupVault("vault-" + n, { ...args, vaultName: "vault-" + n });
      const schedule = { every: "P1D", at: "02:00" };
      const policyArgs = { vault, policyName: "daily", dataSource: "AzureDisk", schedule, retention: [{ keep: "P7D" }] };
      const policy = new BackupPolicy("daily-" + n, policyArgs);
      for (let disk = 0; disk < Number(process.env.INSTANCES_PER_VAULT ?? 0); disk++)
        new BackupInstance("disk-" + n + "-" + disk, {
          vault,
          instanceName: "disk-" + disk,
          dataSource: "AzureDisk",
          dataSourceId: "${group}/providers/Microsoft.Compute/disks/disk-" + n + "-" + disk,
          policyId: policy.policyId,
          snapshotResourceGroupId: "${group}",
        });
    }`;

/** The same with virtual machines in Recovery Services vaults. */
const items = (count) => `
    const pulumi = require("@pulumi/pulumi");
    const { ProtectedItem, RecoveryServicesVault } = require("pulumi-azure-backup");
    const args = ${JSON.stringify(recoveryServices)};
    for (let n = 0; n < ${count}; n++) {
      const vault = new RecoveryServicesVault("vault-" + n, { ...args, vaultName: "vault-" + n });
      for (let vm = 0; vm < Number(process.env.INSTANCES_PER_VAULT ?? 0); vm++)
        new ProtectedItem("vm-" + n + "-" + vm, {
          vault,
          sourceResourceId: "${group}/providers/Microsoft.Compute/virtualMachines/vm-" + n + "-" + vm,
          policyId: pulumi.interpolate\`\${vault.vaultId}/backupPolicies/DefaultPolicy\`,
        });
    }`;

const programs = {
  "backup instances": instances,
  "protected items": items,
  "Recovery Services vaults": recoveryServicesVaults,
  "plain vaults": (count) => vaults(plain, count),
  "plain vaults by the plugin": (count) => vaults(plain, count),
  "vaults with every argument": (count) => vaults(everyArgument, count),
  // Seven properties and the same kind of handler constant; check and diff do nothing.
  empty: (count) => `
    const { CustomResource } = require("@pulumi/pulumi");
    const __provider = "exports.handler=()=>require('module').createRequire(process.cwd()+'/_')('empty-provider').empty";
    for (let n = 0; n < ${count}; n++) {
      const args = { name: "empty-" + n, two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", __provider };
      new CustomResource("pulumi-nodejs:dynamic/empty:Empty", "empty-" + n, args);
    }`,
  // The same, by the other front.
  "empty plugin": (count) => `
    const { CustomResource } = require("@pulumi/pulumi/resource");
    for (let n = 0; n < ${count}; n++) {
      const args = { name: "empty-" + n, two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7" };
      new CustomResource("empty:index:Empty", "empty-" + n, args);
    }`,
};

const plugins = {
  "plain vaults by the plugin": `config:
  azure-backup:usePlugin: true
plugins:
  providers:
    - name: azure-backup
      path: node_modules/pulumi-azure-backup/plugin
`,
  "empty plugin": `plugins:
  providers:
    - name: empty
      path: node_modules/empty-provider
`,
};

const emptyProvider = `exports.empty = {
  check: async (olds, news) => ({ inputs: news }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
};`;

const subscriptionId = "5b5c0000-0000-4000-8000-0000000005b5";
const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-bench`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup`;

const plain = {
  resourceGroupName: "rg-bench",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "platform", environment: "bench" },
};

/** The same settings as the plain Backup vaults. */
const recoveryServices = { ...plain, softDelete: { state: "AlwaysON", retentionDurationInDays: 30 } };

const everyArgument = {
  ...plain,
  subscriptionId,
  datastoreType: "VaultStore",
  crossRegionRestore: "Enabled",
  crossSubscriptionRestore: "Enabled",
  alertsForAllJobFailures: "Enabled",
  costManagementGranularity: "VaultLevel",
  identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
  encryption: { keyUri: "https://kv-bench.vault.azure.net/keys/backup", identity, infrastructureEncryption: "Enabled" },
  resourceGuardOperationRequests: [
    `${group}/providers/Microsoft.DataProtection/resourceGuards/guard/dppModifyEncryptionSettingsRequests/default`,
  ],
  adopt: false,
  accept: ["kek-identity-not-attached"],
  timeouts: { create: "30m", update: "30m", delete: "30m" },
};

/** A project with `count` resources of one kind, and for vaults an emulator of its own. Uses the real engine. */
export async function project(kind, count) {
  const directory = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const modules = join(directory, "node_modules");
  mkdirSync(join(modules, "empty-provider"), { recursive: true });
  installPackage(directory);
  writeFileSync(join(modules, "empty-provider/index.js"), emptyProvider);
  const executable = join(modules, "empty-provider/pulumi-resource-empty");
  writeFileSync(executable, `#!/usr/bin/env node\nrequire(${JSON.stringify(join(root, "bench/emptyPlugin.cjs"))});\n`);
  chmodSync(executable, 0o755);
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    `name: bench\nruntime:\n  name: nodejs\n  options: { typescript: false }\n${plugins[kind] ?? ""}`,
  );
  writeFileSync(join(directory, "package.json"), '{ "name": "bench", "main": "index.js" }\n');
  writeFileSync(join(directory, "index.js"), programs[kind](count));

  const azure = !kind.startsWith("empty") ? await startEmulator(directory) : undefined;
  const arm = azure && (await signIn(azure));
  const env = {
    ...process.env,
    ...pulumiEnv(directory),
    ...azure?.env,
    PULUMI_LANGUAGE_NODEJS_RUN_PATH: join(root, "bench/plainJavaScript.cjs"),
  };
  const pulumi = async (args, more = {}) => {
    const start = performance.now();
    await run("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: directory,
      env: { ...env, ...more },
    });
    return (performance.now() - start) / 1000;
  };
  const timed = (...args) => pulumi([...args, "--stack", "dev"]);
  await pulumi(["stack", "init", "dev"]);
  if (arm) await prepare(arm);

  return {
    createdBytes: 0,
    arm,
    group,
    async up(more = {}) {
      const seconds = await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], more);
      this.createdBytes = statSync(join(directory, "state/.pulumi/stacks/bench/dev.json")).size;
      return seconds;
    },
    preview: (more = {}) => pulumi(["preview", "--expect-no-changes", "--stack", "dev"], more),
    version: () => pulumi(["version"]),
    destroy: () => timed("destroy", "--yes", "--skip-preview"),
    /** Every request that Azure Resource Manager has received. */
    requests: async () => (arm ? (await arm("GET", "/emulator/journal?arm")).value : []),
    remove() {
      azure?.process.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function run(command, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done(output) : fail(new Error(`${command} ${args.join(" ")}\n${output}`)),
    );
  });
}

/** The resource group, the identity, the key and the identity's permission to use it. */
async function prepare(arm) {
  const location = "westeurope";
  const keyVault = `${group}/providers/Microsoft.KeyVault/vaults/kv-bench`;
  const cryptoServiceEncryptionUser = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
  await arm("PUT", `${group}?api-version=2024-03-01`, { location });
  const { properties } = await arm("PUT", `${identity}?api-version=2023-01-31`, { location });
  await arm("PUT", `${keyVault}?api-version=2023-07-01`, {
    location,
    properties: {
      tenantId: properties.tenantId,
      sku: { family: "A", name: "premium" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
    },
  });
  await arm("PUT", `${keyVault}/keys/backup?api-version=2023-07-01`, { properties: { kty: "RSA", keySize: 2048 } });
  const assignment = `${keyVault}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-3333-4444-555555555555`;
  await arm("PUT", `${assignment}?api-version=2022-04-01`, {
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${cryptoServiceEncryptionUser}`,
      principalId: properties.principalId,
      principalType: "ServicePrincipal",
    },
  });
  await arm("DELETE", "/emulator/journal");
}
