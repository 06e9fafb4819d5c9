import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pulumiEnv } from "../scripts/lib/pulumiEnv.mjs";
import { root } from "../scripts/lib/root.mjs";

const programs = {
  vaults: (count) => `
    const { BackupVault } = require("pulumi-azure-backup");
    const args = ${JSON.stringify(everyArgument)};
    for (let n = 0; n < ${count}; n++) new BackupVault("vault-" + n, { ...args, vaultName: "vault-" + n });`,
  // Seven properties and the same kind of constant; check and diff do nothing.
  empty: (count) => `
    const { CustomResource } = require("@pulumi/pulumi");
    const __provider = 'exports.handler=()=>require("module").createRequire(process.cwd()+"/_")("empty-provider").empty;';
    for (let n = 0; n < ${count}; n++) {
      const args = { name: "empty-" + n, two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", __provider };
      new CustomResource("pulumi-nodejs:dynamic/empty:Empty", "empty-" + n, args);
    }`,
};

const emptyProvider = `exports.empty = {
  check: async (olds, news) => ({ inputs: news }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
};`;

const identity =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-bench/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup";

const everyArgument = {
  resourceGroupName: "rg-bench",
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  location: "westeurope",
  redundancy: "GeoRedundant",
  datastoreType: "VaultStore",
  softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  crossRegionRestore: "Enabled",
  crossSubscriptionRestore: "Enabled",
  alertsForAllJobFailures: "Enabled",
  costManagementGranularity: "VaultLevel",
  identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
  tags: { owner: "platform", environment: "bench" },
  timeouts: { create: "30m", update: "30m", delete: "30m" },
};

/** A project of `count` resources of one kind, with a real engine; the vaults with an emulator of their own. */
export async function project(kind, count) {
  const directory = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const modules = join(directory, "node_modules");
  mkdirSync(join(modules, "empty-provider"), { recursive: true });
  symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
  symlinkSync(root, join(modules, "pulumi-azure-backup"));
  writeFileSync(join(modules, "empty-provider/index.js"), emptyProvider);
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options: { typescript: false }\n",
  );
  writeFileSync(join(directory, "package.json"), '{ "name": "bench", "main": "index.js" }\n');
  writeFileSync(join(directory, "index.js"), programs[kind](count));

  const azure = kind === "vaults" ? await startEmulator(directory) : undefined;
  const env = { ...process.env, ...pulumiEnv(directory), ...azure?.ready.env };
  const pulumi = (...args) =>
    run("pulumi", [...args, "--non-interactive", "--color", "never"], { cwd: directory, env });
  const timed = async (...args) => {
    const start = performance.now();
    await pulumi(...args, "--stack", "dev");
    return (performance.now() - start) / 1000;
  };
  await pulumi("stack", "init", "dev");
  if (azure) await azure.prepare();

  return {
    up: () => timed("up", "--yes", "--skip-preview"),
    preview: () => timed("preview", "--expect-no-changes"),
    destroy: () => timed("destroy", "--yes", "--skip-preview"),
    stateBytes: () => statSync(join(directory, "state/.pulumi/stacks/bench/dev.json")).size,
    requests: () => azure.requests(),
    remove: async () => {
      azure?.stop();
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
