import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Emulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { closeEmulators, emulated, idOf, vaultBody } from "../azure/emulated.js";

let emulator: Emulator;

beforeAll(async () => {
  ({ emulator } = await emulated());
  for (const name of ["bv-one", "bv-two"]) emulator.arm("PUT", idOf(emulator, name), vaultBody);
  emulator.protect(idOf(emulator, "bv-one"), { name: "blobs" });
});
afterAll(closeEmulators);
beforeEach(() => emulator.faults.clear());

interface Run {
  code: number | null;
  out: string;
  err: string;
}

function azureBackup(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    env: { ...process.env, ...emulator.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const run: Run = { code: null, out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (run.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (run.err += text));
  return new Promise((done) => child.on("close", (code) => done({ ...run, code })));
}

test("one vault, for a terminal", async () => {
  const { code, out, err } = await azureBackup(["status", idOf(emulator, "bv-one")]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(out).toMatch(/^Backup vault bv-one\n/);
  expect(out).toMatch(/Microsoft\.Storage\/storageAccounts\/blobServices +ProtectionConfigured +1/);
  expect(out).toMatch(/^Data sources\n.*\n +blobs +ProtectionConfigured +daily +none known/m);
  expect(out).toMatch(/^Policies\n.*\n +daily +AzureBlob +1/m);
  expect(out).toMatch(/^Deletion: blocked\n +delete-with-instances +It holds 1 backup instance: blobs/m);
  expect(out).toMatch(/^Settings that can no longer be changed\n +redundancy +LocallyRedundant/m);
});

test("all vaults of the subscription: what cannot be read of one is said, and the exit code tells it", async () => {
  emulator.faults.add({ kind: "status", status: 403, path: "bv-two/backupInstances", times: "always" });
  const [text, json] = await Promise.all([
    azureBackup(["status"]),
    azureBackup(["status", "--format", "json", "--subscription", emulator.env.ARM_SUBSCRIPTION_ID]),
  ]);
  expect(text.code).toBe(1);
  expect(text.err).toBe("");
  expect(text.out).toMatch(/^2 vaults in subscription /);
  expect(text.out).toMatch(/^ +bv-one .* 1 +0 +blocked$/m);
  expect(text.out).toMatch(/^ +bv-two .* \? +\? +0 +undecided$/m);
  expect(text.out).toMatch(/^Could not be read\n +bv-two +the vault's backup instances: Azure refused/m);
  expect(json.code).toBe(1);
  const { version, subscriptionId, vaults, problems } = JSON.parse(json.out);
  expect({ version, subscriptionId, problems }).toEqual({
    version: 1,
    subscriptionId: emulator.env.ARM_SUBSCRIPTION_ID,
    problems: [],
  });
  expect(vaults.map((vault: { vaultName: string }) => vault.vaultName)).toEqual(["bv-one", "bv-two"]);
});

test("a certificate that is not trusted: a sentence that says what to do", async () => {
  const untrusting = { NODE_EXTRA_CA_CERTS: "" };
  const [status, doctor] = await Promise.all([
    azureBackup(["status"], untrusting),
    azureBackup(["doctor"], untrusting),
  ]);
  expect(status.err).toMatch(/^azure-backup failed: .* set NODE_EXTRA_CA_CERTS to the file/);
  expect(doctor.out).toMatch(/^ +failed +cloud +.* set NODE_EXTRA_CA_CERTS to the file/m);
  for (const { code, out, err } of [status, doctor]) {
    expect(code).toBe(1);
    expect(out + err).not.toMatch(/^\s+at /m);
  }
});

test("a refused token, and a vault that is not there: a sentence, and no stack", async () => {
  const [refused, missing, doctor] = await Promise.all([
    azureBackup(["status", idOf(emulator, "bv-one")], { ARM_CLIENT_SECRET: "wrong~secret~value" }),
    azureBackup(["status", idOf(emulator, "bv-none")]),
    azureBackup(["doctor", "--format", "json"], { ARM_CLIENT_SECRET: "wrong~secret~value" }),
  ]);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/^azure-backup failed: Could not sign in to Azure with a client secret .*AADSTS7000215/);
  expect(missing.err).toBe(`azure-backup failed: Vault ${idOf(emulator, "bv-none")} does not exist.\n`);
  expect(doctor.code).toBe(1);
  const { version, ok, checks } = JSON.parse(doctor.out);
  expect({ version, ok }).toEqual({ version: 1, ok: false });
  expect(checks).toContainEqual(expect.objectContaining({ check: "sign-in", status: "failed" }));
  for (const { out, err } of [refused, missing, doctor]) {
    expect(out + err).not.toMatch(/^\s+at /m);
    expect(out + err).not.toContain("wrong~secret~value");
  }
});
