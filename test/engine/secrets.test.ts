import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jwt from "jsonwebtoken";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { certificates } from "../../emulator/server/certificates.js";
import { isSecretMark } from "../../provider/host/secretMark.js";
import { markdown, type Report, sarif, text } from "../../review/index.js";
import { traces, tracesInFiles } from "../secrets/traces.js";
import { type Front, fronts } from "../support/host.js";
import { newStack, ofFront, type Run, type Stack } from "../support/stack.js";

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  immutability: "Unlocked",
  timeouts: { create: "4s", update: "4s", delete: "4s" },
};
const changed = { ...payroll, immutability: "Disabled" };

/** All that Pulumi can be made to say. */
const loud = ["-v=9", "--logtostderr", "--logflow"];

let azure: Emulator;
let stack: Stack;
let secrets: Record<string, string>;

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = (await newStack(azure.env)).withPlugin();
  stack.env.PULUMI_DEBUG_GRPC = join(stack.directory, "grpc.json");
  secrets = { "the client secret": azure.env.ARM_CLIENT_SECRET };
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** Also in what Pulumi has written to files: state, history, logs. */
function expectNoTraces(runs: Run[]): void {
  expect(traces(runs.map((run) => run.output).join("\n"), secrets)).toEqual([]);
  expect(tracesInFiles(stack.directory, secrets)).toEqual([]);
}

test("nothing secret is in state, output, log or protocol when all goes well, however loud", async () => {
  const runs = [
    await stack.vaultsOfBothFronts({ payroll }).up(...loud),
    // With its preview.
    await stack.vaultsOfBothFronts({ payroll: changed }).pulumi("up", "--yes", ...loud),
    await stack.refresh(...loud),
  ];
  expectNoTraces(runs);
  runs.push(await stack.destroy(...loud));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(stack.directory, "grpc.json"), "utf8")).toContain("ResourceProvider/Create");
  expectNoTraces(runs);
});

test("nothing secret is told when Azure refuses, drops or fails", async () => {
  const faults = {
    forbidden: { kind: "status", status: 403, code: "AuthorizationFailed" },
    unauthorized: { kind: "status", status: 401, code: "InvalidAuthenticationToken" },
    failing: { kind: "operationFails" },
    dropping: { kind: "dropBefore" },
  } as const;
  const vaults = (args: object) =>
    stack.vaultsOfBothFronts(Object.fromEntries(Object.keys(faults).map((name) => [name, args])));
  const runs = [await vaults(payroll).up()];
  for (const [name, fault] of Object.entries(faults)) {
    azure.faults.add({ ...fault, path: `backupVaults/bv-${name}-`, method: "PATCH", times: "always" });
    azure.faults.add({ ...fault, path: `backupVaults/bv-${name}-`, method: "PUT", times: "always" });
  }
  // So that each fails by itself, however fast another one does.
  const failed = await vaults(changed).up("--continue-on-error", ...loud);
  expect(failed.code).not.toBe(0);
  for (const name of Object.keys(faults).flatMap((each) => fronts.map((front) => ofFront(each, front)))) {
    expect(failed.output).toContain(`BackupVault ${name} **updating failed**`);
  }
  runs.push(failed);
  azure.faults.clear();

  azure.faults.add({ kind: "status", status: 403, method: "GET", path: "backupVaults", times: "always" });
  runs.push(await stack.preview(...loud), await stack.refresh(...loud), await stack.destroy(...loud));
  expectNoTraces(runs);
});

test("a secret that Entra does not take is not repeated", async () => {
  secrets = { "the wrong secret": "wrong~secret~that~nobody~may~read" };
  stack.env.ARM_CLIENT_SECRET = secrets["the wrong secret"];
  const runs = [await stack.vaultsOfBothFronts({ payroll }).preview(...loud), await stack.up(...loud)];
  expect(runs[1]?.code).not.toBe(0);
  expect(runs[1]?.output).toContain("AADSTS7000215");
  expectNoTraces(runs);
});

test("a secret of the stack's configuration is encrypted in state and shown nowhere", async () => {
  delete stack.env.ARM_CLIENT_SECRET;
  // Its own way into the host is in the protocol: Pulumi hands secrets to providers in clear.
  delete stack.env.PULUMI_DEBUG_GRPC;
  await stack.pulumi("config", "set", "--secret", "azure-backup:clientSecret", azure.env.ARM_CLIENT_SECRET);
  const runs = [await stack.vaultsOfBothFronts({ payroll }).up(...loud), await stack.refresh(...loud)];
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);

  azure.faults.add({ kind: "status", status: 403, method: "PATCH", times: "always" });
  runs.push(await stack.vaultsOfBothFronts({ payroll: changed }).up(...loud));
  // At -v=9 and above Pulumi itself logs the configuration of every provider in clear, on its way into the provider and back.
  const pulumisOwn = /arshaling property for RPC\[Provider\[[\w-]+\]\.(Configure\(\)|CheckConfig\(\S+\))\.\w+\]/;
  const rest = (output: string) => output.split("\n").filter((line) => !pulumisOwn.test(line));
  expectNoTraces(runs.map(({ code, output }) => ({ code, output: rest(output).join("\n") })));
});

test("neither the key of a certificate nor a token of OpenID Connect is told, whether Entra takes it or not", async () => {
  delete stack.env.ARM_CLIENT_SECRET;
  const { key, certificate } = await certificates();
  azure.registerCertificate(certificate);
  const [, firstLine = "", secondLine = ""] = key.split("\n");
  Object.assign(secrets, { "the key": firstLine, "more of the key": secondLine });
  const elsewhere = mkdtempSync(join(tmpdir(), "azure-backup-certificate-"));
  stack.env.ARM_CLIENT_CERTIFICATE_PATH = join(elsewhere, "client.pem");
  writeFileSync(stack.env.ARM_CLIENT_CERTIFICATE_PATH, key + certificate);
  const runs = [await stack.vaultsOfBothFronts({ payroll }).up(...loud)];
  rmSync(elsewhere, { recursive: true });
  runs.push(await stack.refresh(...loud));
  delete stack.env.ARM_CLIENT_CERTIFICATE_PATH;

  stack.env.ARM_USE_OIDC = "true";
  for (const expiresIn of [60, -60]) {
    stack.env.ARM_OIDC_TOKEN = jwt.sign({ sub: "repo:payroll" }, key, { algorithm: "RS256", expiresIn });
    runs.push(await stack.refresh(...loud));
  }
  expect(runs.map(({ code }) => code === 0)).toEqual([true, false, true, false]);
  expectNoTraces(runs);
});

/** A vault of the classes and one of the plugin, or in a preview that is refused, only one: the engine stops at the first. */
const tagged = (tags: string, immutability: string, redundancy = "GeoRedundant", of: readonly Front[] = fronts) => `
  const pulumi = require("@pulumi/pulumi");
  const classes = {
    dynamic: require("pulumi-azure-backup").BackupVault,
    plugin: class extends pulumi.CustomResource {
      constructor(name, args) {
        super("azure-backup:index:BackupVault", name, args);
      }
    },
  };
  for (const front of ${JSON.stringify(of)}) {
    const args = ${JSON.stringify({ ...payroll, immutability, redundancy })};
    exports[front] = new classes[front](front, { ...args, vaultName: "bv-" + front, tags: ${tags} }).tags;
  }`;

const vaultsInState = async () => (await stack.resources("")).filter(({ type }) => type.endsWith(":BackupVault"));

test("a secret tag stays encrypted in state and is in no diff, refusal or failure", async () => {
  delete stack.env.PULUMI_DEBUG_GRPC;
  secrets["the tag"] = "hunter2~of~the~payroll~team";
  secrets["the next tag"] = "hunter3~of~the~payroll~team";
  const tags = (name: string) => {
    stack.env.TAG = secrets[name];
    return `{ key: pulumi.secret(process.env.TAG), owner: "payroll-team" }`;
  };
  const runs = [await stack.program(tagged(tags("the tag"), "Locked")).up()];
  const vaults = await vaultsInState();
  expect(vaults).toHaveLength(fronts.length);
  for (const { id } of vaults) azure.setVault(id, { tags: { key: secrets["the next tag"] } });
  runs.push(await stack.refresh(), await stack.up());
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);

  for (const front of fronts) {
    const next = tags("the next tag");
    const refused = await stack.program(tagged(next, "Disabled", "LocallyRedundant", [front])).preview();
    expect(refused.output).toContain("immutability-locked");
    runs.push(refused);
  }
  azure.faults.add({ kind: "status", status: 403, method: "PATCH", times: "always" });
  const failed = await stack.program(tagged(tags("the next tag"), "Locked")).up("--continue-on-error");
  for (const front of fronts) expect(failed.output).toMatch(new RegExp(`${front}.* error: .*HTTP 403`));
  expectNoTraces([...runs, failed]);
});

test("a secret tag of a vault whose creation is not finished is encrypted, too", async () => {
  delete stack.env.PULUMI_DEBUG_GRPC;
  secrets["the tag"] = stack.env.TAG = "hunter2~of~the~payroll~team";
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT", times: "always" });
  const program = tagged("{ key: pulumi.secret(process.env.TAG) }", "Unlocked");
  const run = await stack.program(program).up("--continue-on-error");
  expect(run.code).not.toBe(0);
  const unfinished = (await vaultsInState()).filter(({ initErrors }) => initErrors !== undefined);
  expect(unfinished).toHaveLength(fronts.length);
  expectNoTraces([run]);
});

test("a secret is marked wherever it passes between the engine and the plugin", async () => {
  secrets["the tag"] = stack.env.TAG = "hunter2~of~the~payroll~team";
  const tags = "{ key: pulumi.secret(process.env.TAG) }";
  for (const immutability of ["Unlocked", "Locked"]) {
    const program = stack.program(tagged(tags, immutability, "GeoRedundant", ["plugin"]));
    expect(await program.up()).toMatchObject({ code: 0 });
  }
  expect(await stack.refresh()).toMatchObject({ code: 0 });
  const calls = readFileSync(join(stack.directory, "grpc.json"), "utf8")
    .split("\n")
    .filter((line) => /ResourceProvider\/(Check|Diff|Create|Read|Update)"/.test(line));
  for (const method of ["Check", "Diff", "Create", "Read", "Update"]) {
    expect(calls.filter((line) => line.includes(`/${method}"`) && line.includes(secrets["the tag"] ?? ""))).not.toEqual(
      [],
    );
  }
  const open = calls.map((line) => JSON.stringify(JSON.parse(line), (_, value) => (isSecretMark(value) ? "" : value)));
  expect(traces(open.join("\n"), secrets)).toEqual([]);
});

/** What `azure-backup review` finds in the stack, in all that it writes. */
async function inAllFormats(): Promise<string> {
  const { output } = await stack.review("--format", "json");
  const report: Report = JSON.parse(output);
  return [output, text(report), markdown(report), JSON.stringify(sarif(report))].join("\n");
}

test("what the program keeps secret is in no warning, refusal, review or open part of the state, ids but for the resource's own", async () => {
  delete stack.env.PULUMI_DEBUG_GRPC;
  Object.assign(secrets, { "the key": "key-hush", "the resource group": "rg-payroll" });
  const program = (softDelete: string, key: string) => `
    const pulumi = require("@pulumi/pulumi");
    const { BackupVault, EncryptionSettings } = require("pulumi-azure-backup");
    const vault = new BackupVault("payroll", {
      ...${JSON.stringify(payroll)},
      resourceGroupName: pulumi.secret("rg-payroll"), softDelete: { state: "${softDelete}", retentionDurationInDays: 30 },
    });
    new EncryptionSettings("payroll", {
      vault, keyUri: pulumi.secret("https://kv-payroll.vault.azure.net/keys/${key}"), identity: "SystemAssigned",
    });`;
  const refused = await stack.program(program("AlwaysOn", "key-hush")).preview();
  expect(refused.output).toContain("kek-identity-not-attached");
  const reviewed = await inAllFormats();
  expect(reviewed).toContain("kek-identity-not-attached");
  expect(traces(refused.output + reviewed, secrets)).toEqual([]);

  const vaultOnly = program("AlwaysOn", "key-hush").split("new EncryptionSettings")[0] ?? "";
  expect((await stack.program(vaultOnly).up()).code).toBe(0);
  const [recorded] = await stack.resources();
  expect(traces(JSON.stringify([recorded?.inputs, recorded?.outputs]), secrets)).toEqual([]);
  const changes = [(await stack.program(vaultOnly.replace("AlwaysOn", "Off")).preview()).output, await inAllFormats()];
  for (const output of changes) expect(output).toContain("soft-delete-always-on");
  const others = [await stack.refresh(), await stack.program(vaultOnly).preview()].map(({ output }) => output);
  expect(traces([...changes, ...others].join("\n"), secrets)).toEqual([]);
});
