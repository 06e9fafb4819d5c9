import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { list } from "tar";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { writePluginArchives } from "../../scripts/lib/pluginArchive.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { newStack, type Stack } from "../support/stack.js";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

let directory: string;
let names: string[];
let azure: Emulator;
let stack: Stack;
let installed: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "plugin-archive-"));
  names = await writePluginArchives(directory);
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
  installed = join(String(stack.env.PULUMI_HOME), "plugins", `resource-azure-backup-v${version}`);
});

afterAll(async () => {
  stack.remove();
  rmSync(directory, { recursive: true });
  await azure.close();
});

const archive = () => join(directory, names.find((name) => name.endsWith("linux-amd64.tar.gz")) ?? "");

test("there is an archive for each platform, and all have the same content", () => {
  expect(names.map((name) => name.replace(`pulumi-resource-azure-backup-v${version}-`, "")).sort()).toEqual(
    ["darwin", "linux", "windows"].flatMap((os) => [`${os}-amd64.tar.gz`, `${os}-arm64.tar.gz`]),
  );
  expect(readdirSync(directory).sort()).toEqual([...names].sort());
  const contents = new Set(names.map((name) => readFileSync(join(directory, name), "base64")));
  expect(contents.size).toBe(1);
});

test("an archive has the plugin with what it loads, their licences, and nothing else", async () => {
  const entries: { path: string; mode?: number; mtime?: Date }[] = [];
  await list({ file: archive(), onReadEntry: ({ path, mode, mtime }) => entries.push({ path, mode, mtime }) });
  const paths = entries.map(({ path }) => path);
  expect(paths.filter((path) => !/^(node_modules|dist\/provider)\//.test(path))).toEqual([
    "LICENSE",
    "docs/schema.json",
    "package.json",
    "plugin/index.js",
    "pulumi-resource-azure-backup",
    "pulumi-resource-azure-backup.cmd",
  ]);
  // With a PulumiPlugin.yaml, Pulumi would install it with npm.
  expect(paths.filter((path) => /\.d\.ts$|\.map$|PulumiPlugin/.test(path))).toEqual([]);
  // Azure's libraries are published as both kinds of modules, and Node loads one.
  expect(paths.filter((path) => /^node_modules\/@azure\/.*\/esm\//.test(path))).toEqual([]);
  const ofPulumi = paths.filter((path) => path.startsWith("node_modules/@pulumi/"));
  // The protocol, and what registers the resources of a component: nothing that runs or serializes programs.
  const registering = "asset|errors|log|output|resource|runtime/(?!closure)\\w+\\.js|utils";
  const allowed = new RegExp(`^node_modules/@pulumi/pulumi/(proto/|LICENSE|package\\.json|${registering})`);
  expect(ofPulumi.filter((path) => !allowed.test(path))).toEqual([]);
  expect(ofPulumi).toContain("node_modules/@pulumi/pulumi/proto/provider_grpc_pb.js");
  const packages = new Set(paths.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  expect([...packages].filter((name) => /^@types\/|typescript|jest|yargs|commander|emulator/.test(name))).toEqual([]);
  for (const name of ["@grpc/grpc-js", "@azure/identity", "@azure/arm-recoveryservices"]) {
    expect(paths.some((path) => path.startsWith(`node_modules/${name}/LICENSE`))).toBe(true);
  }
  // So that the same sources make the same archive.
  expect(new Set(entries.map(({ mtime }) => mtime?.getTime()))).toEqual(new Set([0]));
  expect(paths).toEqual([...paths].sort());
});

test("an installed archive serves vaults of both kinds to a program that knows nothing of the package", async () => {
  const install = ["plugin", "install", "resource", "azure-backup", version, "--file", archive()];
  expect(await stack.pulumi(...install)).toMatchObject({ code: 0 });
  const shared = { resourceGroupName: "rg-payroll", location: "westeurope" };
  stack.program(`
    const { CustomResource } = require("@pulumi/pulumi");
    new CustomResource("azure-backup:index:BackupVault", "payroll", ${JSON.stringify({ ...shared, vaultName: "bv-payroll", redundancy: "GeoRedundant" })});
    new CustomResource("azure-backup:index:RecoveryServicesVault", "machines", ${JSON.stringify({ ...shared, vaultName: "rsv-machines" })});`);
  const { code, output } = await stack.up();
  expect({ code, output }).toMatchObject({ code: 0 });
  const ids = (await stack.resources("azure-backup:index:")).map(({ id }) => id);
  expect(ids.map((id) => azure.vault(id)?.name).sort()).toEqual(["bv-payroll", "rsv-machines"]);
  expect(await stack.destroy()).toMatchObject({ code: 0 });
});

test("its schema is read by its name, also beside an SDK that is too old for it", async () => {
  const old = join(stack.directory, "node_modules", "@pulumi");
  rmSync(old);
  mkdirSync(join(old, "pulumi"), { recursive: true });
  writeFileSync(join(old, "pulumi", "package.json"), '{ "name": "@pulumi/pulumi", "version": "0.1.0" }');
  const { code, output } = await stack.pulumi("package", "get-schema", `azure-backup@${version}`);
  expect({ code, name: JSON.parse(output).name }).toEqual({ code: 0, name: "azure-backup" });
});

test("a machine without Node, or with one that is too old, is told which it needs", () => {
  const tools = join(directory, "bin");
  mkdirSync(tools);
  for (const tool of ["sh", "dirname", "readlink"]) symlinkSync(join("/bin", tool), join(tools, tool));
  const launcher = join(installed, "pulumi-resource-azure-backup");
  // As somebody links to it.
  symlinkSync(launcher, join(tools, "linked"));
  const started = (env: NodeJS.ProcessEnv) => spawnSync(join(tools, "linked"), { encoding: "utf8", env });
  const { status, stderr } = started({ PATH: tools });
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("no node is on PATH") });

  const asOld = `data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });
     Object.defineProperty(process, "version", { value: "v20.19.0" });`,
  )}`;
  const older = started({ ...process.env, NODE_OPTIONS: `--import ${asOld}` });
  expect(older.stderr).toMatch(
    /^\npulumi-resource-azure-backup requires Node\.js 22 or later, and .* is v20\.19\.0\. Install/,
  );
  expect(older.status).toBe(1);
});
