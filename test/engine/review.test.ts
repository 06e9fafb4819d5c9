import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { reviewVariable } from "../../provider/host/review.js";
import { markdown, type Report } from "../../review/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { takePicture } from "../support/renderedPage.js";
import { newStack, type Run, type Stack } from "../support/stack.js";

const vault = { resourceGroupName: "rg-review", location: "westeurope", redundancy: "GeoRedundant" };
const directory = mkdtempSync(join(tmpdir(), "azure-backup-review-test-"));

let azure: Emulator;
let stack: Stack;
const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-review/providers/Microsoft.DataProtection/backupVaults/${name}`;

/** Locked, to be changed, to be deleted with data, to be replaced, and one whose identity holds its key. */
const deployed = `
  const { BackupVault, IdentityAssignment, RecoveryServicesVault } = require("pulumi-azure-backup");
  const pulumi = require("@pulumi/pulumi");
  const softDelete = { state: "AlwaysOn", retentionDurationInDays: 30 };
  const vault = ${JSON.stringify(vault)};
  new BackupVault("locked", { ...vault, vaultName: "bv-locked", immutability: "Locked", softDelete });
  new BackupVault("alwaysOn", { ...vault, vaultName: "bv-always-on", softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 } });
  new BackupVault("full", { ...vault, vaultName: "bv-full" });
  const moved = new BackupVault("moved", { ...vault, vaultName: "bv-moved", tags: { hint: pulumi.secret("tag-secret") } });
  new IdentityAssignment("identity", { vault: moved, identity: "SystemAssigned" });
  new RecoveryServicesVault("recovery", { ...vault, vaultName: "rsv-locked", immutability: "Locked" });`;

const forbidden = `
  const { BackupVault, RecoveryServicesVault } = require("pulumi-azure-backup");
  const pulumi = require("@pulumi/pulumi");
  const softDelete = { state: "AlwaysOn", retentionDurationInDays: 30 };
  const vault = ${JSON.stringify(vault)};
  new BackupVault("locked", { ...vault, vaultName: "bv-locked", immutability: pulumi.secret("Unlocked"), softDelete });
  new BackupVault("alwaysOn", { ...vault, vaultName: "bv-always-on", softDelete: { state: "On", retentionDurationInDays: 30 } });
  new BackupVault("moved", { ...vault, vaultName: "bv-moved", location: "northeurope", tags: { hint: pulumi.secret("tag-secret") } });
  new BackupVault("new", { ...vault, vaultName: "bv-new", immutability: "Unlocked" });
  new RecoveryServicesVault("recovery", { ...vault, vaultName: "rsv-locked", immutability: "Unlocked" });`;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-review");
  stack = await newStack(azure.env);
  const { code, output } = await stack.program(deployed).up();
  if (code !== 0) throw new Error(output);
  leaveBehind("full", "bv-left");
  for (const name of ["bv-full", "bv-moved", "bv-left"]) azure.protect(idOf(name), { name: `${name}-blobs` });
});
afterAll(async () => {
  stack.remove();
  rmSync(directory, { recursive: true, force: true });
  await azure.close();
});

/** As a run leaves it that replaced a vault and could not delete the old one. */
function leaveBehind(resource: string, vaultName: string): void {
  const properties = { storageSettings: [{ datastoreType: "VaultStore", type: vault.redundancy }] };
  azure.arm("PUT", idOf(vaultName), { location: vault.location, identity: { type: "SystemAssigned" }, properties });
  const file = join(stack.directory, "state/.pulumi/stacks/vaults/dev.json");
  const state = JSON.parse(readFileSync(file, "utf8"));
  const { resources } = state.checkpoint.latest;
  const current = resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${resource}`));
  const [inputs, outputs] = [current.inputs, current.outputs].map((each) => ({
    ...each,
    vaultName,
    vaultId: idOf(vaultName),
  }));
  resources.push({ ...current, id: idOf(vaultName), inputs, outputs, delete: true });
  writeFileSync(file, JSON.stringify(state));
}

async function review(...args: string[]): Promise<Run> {
  const command = [join(root, "dist/cli/main.js"), "review", "--stack", "dev", ...args];
  const child = spawn("node", command, { cwd: stack.directory, env: stack.env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

const refusedIn = ({ resources }: Report) =>
  resources.flatMap(({ name, verdicts }) =>
    verdicts.filter(({ decision }) => decision === "refuse").map(({ code }) => `${name} ${code}`),
  );

test("a review shows every refused vault of a stack at once, also what no preview shows, and no secret", async () => {
  const writes = azure.writes().length;
  stack.program(forbidden);
  const { code, output } = await review("--format", "json");
  const report: Report = JSON.parse(output);

  expect(refusedIn(report)).toEqual([
    "bv-always-on soft-delete-always-on",
    "bv-full delete-with-instances",
    "bv-left delete-with-instances",
    "bv-locked immutability-locked",
    "bv-moved vault-replaced",
    "bv-moved delete-with-instances",
    "rsv-locked rsv-immutability-locked",
  ]);
  expect(code).toBe(1);
  expect(report).toMatchObject({ project: "vaults", stack: "dev", decision: "refuse", failures: [] });
  const locked = report.resources.find(({ name }) => name === "bv-locked");
  expect(locked).toMatchObject({
    provider: "azure-backup",
    planned: "update",
    vaultId: idOf("bv-locked"),
    // The state before may hold the secret as well.
    verdicts: [{ code: "immutability-locked", from: "[secret]", to: "a secret" }],
    position: { file: "index.js", line: 6 },
  });
  expect(report.resources.find(({ name }) => name === "bv-new")).toMatchObject({
    planned: "create",
    verdicts: [{ decision: "warn", code: "soft-delete-not-always-on" }],
  });
  expect(output).not.toContain("tag-secret");
  expect(azure.writes()).toHaveLength(writes);
  // `npm run pictures`: the picture of the documents, from this real run.
  if (process.env.PICTURES) await takePicture(markdown(report), join(root, "docs", "review.png"));
});

test("a preview that was made without a review names the first refused vault, and that there may be more", async () => {
  stack.program(forbidden);
  const file = join(directory, "preview.json");
  const { output } = await stack.pulumi("preview", "--json");
  writeFileSync(file, output);
  const { code, output: page } = await review("--from", file);
  expect(code).toBe(1);
  expect(page).toContain("without --from to check all of them");
});

test("while a review is on, not even an allowed change is deployed, and nothing is sent to Azure", async () => {
  const record = join(directory, "judged.jsonl");
  const writes = azure.writes().length;
  stack.env[reviewVariable] = record;
  const { code, output } = await stack.program(forbidden).up();
  delete stack.env[reviewVariable];

  expect(code).not.toBe(0);
  expect(output).toContain(`Nothing is written to Azure while ${reviewVariable} is set`);
  expect(azure.writes()).toHaveLength(writes);
  expect(readFileSync(record, "utf8")).toContain("immutability-locked");
});
