import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checks } from "../../cli/doctor/checks.js";
import { node } from "../../cli/doctor/machine.js";
import type { Emulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { closeEmulators, emulated, idOf, vaultBody } from "../azure/emulated.js";

let emulator: Emulator;
const directory = mkdtempSync(join(tmpdir(), "azure-backup-doctor-"));

beforeAll(async () => {
  ({ emulator } = await emulated());
});
afterAll(async () => {
  await closeEmulators();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => {
  emulator.reset();
  emulator.createResourceGroup("rg");
  pulumiOnPath("v3.259.0");
});

function pulumiOnPath(version: string): void {
  writePulumi(`echo ${version}`);
}

function writePulumi(script: string): void {
  writeFileSync(join(directory, "pulumi"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, "pulumi"), 0o755);
}

const vaultId = () => idOf(emulator, "bv-doctor");

async function examined(
  env: Record<string, string | undefined> = {},
  more: { vaultId?: string; stack?: string; timeoutMs?: number } = {},
) {
  const given = { ...emulator.env, PATH: `${directory}:/bin:/usr/bin`, ...env };
  return checks({ vaultId: vaultId(), env: given, directory: root, timeoutMs: 20_000, ...more });
}

const notOk = async (...given: Parameters<typeof examined>) =>
  (await examined(...given)).filter(({ status }) => status !== "ok");

test("a machine that can deploy: every check is ok, and nothing was changed", async () => {
  const lines = await examined();
  expect(lines.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(lines.map(({ check }) => check)).toEqual([
    "Node",
    "Pulumi",
    "credentials",
    "cloud",
    "sign-in",
    "subscription",
    "resource group",
    "registration",
    "permission to read Backup vaults",
    "permission to write Backup vaults",
    "permission to delete Backup vaults",
    "permission to read the contents of Backup vaults",
    "permission to write backup policies of Backup vaults",
    "permission to write backup instances of Backup vaults",
    "permission to stop and resume backups of Backup vaults",
    "permission to grant roles to the identities of Backup vaults",
    "permission to give Backup vaults access to AKS clusters",
    "permission to associate Backup vaults with resource guards",
    "permission to use user-assigned identities",
    "permission to read keys",
    "permission to grant access to keys",
    "vault",
  ]);
  expect(lines.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^pulumi 3\.259\.0 at .*, @pulumi\/pulumi 3\./),
      expect.stringMatching(/^a client secret \(client c11e/),
      expect.stringMatching(/^an emulator on this machine at https:\/\/127\.0\.0\.1/),
    ]),
  );
  expect(emulator.writes()).toEqual([]);
});

test("without a vault both kinds of vaults are looked at", async () => {
  const lines = await examined({}, { vaultId: undefined });
  expect(lines.filter(({ check }) => check === "registration").map(({ message }) => message)).toEqual([
    "Microsoft.DataProtection",
    "Microsoft.RecoveryServices",
  ]);
});

test("a Recovery Services vault needs its own registration and rights", async () => {
  const id = vaultId().replace("Microsoft.DataProtection/backupVaults", "Microsoft.RecoveryServices/vaults");
  const lines = await examined({}, { vaultId: id });
  expect(lines.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(
    lines.filter(({ check }) => /registration|vaults/.test(check)).map(({ check, message }) => `${check}: ${message}`),
  ).toEqual([
    "registration: Microsoft.RecoveryServices",
    "permission to read Recovery Services vaults: resource group rg",
    "permission to write Recovery Services vaults: resource group rg",
    "permission to delete Recovery Services vaults: resource group rg",
    "permission to read the contents of Recovery Services vaults: resource group rg",
    "permission to write backup policies of Recovery Services vaults: resource group rg",
    "permission to write protected items of Recovery Services vaults: resource group rg",
    "permission to back up virtual machines to Recovery Services vaults: resource group rg",
    "permission to associate Recovery Services vaults with resource guards: resource group rg",
  ]);
});

test("rights that are missing are named, with the role and the command that gives it", async () => {
  const self = "0b1e0000-0000-4000-8000-0000000000b1";
  const group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg`;
  emulator.grant(group, self, "a795c7a0-d4a2-40c1-ae25-d81f01202912"); // Backup Reader
  const lines = await notOk();
  expect(lines.map(({ check, status }) => `${status}: ${check}`)).toEqual([
    "failed: permission to write Backup vaults",
    "failed: permission to delete Backup vaults",
    "failed: permission to write backup policies of Backup vaults",
    "failed: permission to write backup instances of Backup vaults",
    "failed: permission to stop and resume backups of Backup vaults",
    "failed: permission to grant roles to the identities of Backup vaults",
    "failed: permission to give Backup vaults access to AKS clusters",
    "failed: permission to associate Backup vaults with resource guards",
    "failed: permission to use user-assigned identities",
    "failed: permission to read keys",
    "failed: permission to grant access to keys",
  ]);
  expect(lines[0]?.message).toBe(
    "Missing in resource group rg: Microsoft.DataProtection/backupVaults/write. Assign the role Backup Contributor: " +
      `az role assignment create --role "Backup Contributor" --assignee ${self} --scope ${group}`,
  );
});

test("Backup Contributor deletes no vault, stops no backup and grants no role", async () => {
  const group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg`;
  emulator.grant(group, "0b1e0000-0000-4000-8000-0000000000b1", "5e467623-bb1f-42f4-a55d-6e525e11384b");
  const lines = (await notOk()).filter(({ check }) => check.includes("vaults"));
  expect(lines.map(({ check }) => check)).toEqual([
    "permission to delete Backup vaults",
    "permission to stop and resume backups of Backup vaults",
    "permission to grant roles to the identities of Backup vaults",
    "permission to give Backup vaults access to AKS clusters",
  ]);
  expect(lines[1]?.message).toMatch(
    /^Missing in resource group rg: \S+stopProtection\/action, \S+resumeBackups\/action\. Assign the role Contributor: /,
  );
});

test("a wrong secret is said, what comes after it is not tried, and the secret is not shown", async () => {
  const lines = await notOk({ ARM_CLIENT_SECRET: "wrong~secret~value" });
  expect(lines.map(({ check, status }) => `${status}: ${check}`)).toEqual([
    "failed: sign-in",
    "skipped: subscription",
    "skipped: resource group",
    "skipped: registration",
    "skipped: permissions",
    "skipped: vault",
  ]);
  expect(lines[0]?.message).toContain("AADSTS7000215");
  expect(JSON.stringify(lines)).not.toContain("wrong~secret~value");
});

test("everything that is wrong is said at once", async () => {
  pulumiOnPath("v3.100.0");
  const lines = await notOk({ ARM_TENANT_ID: "no tenant", ARM_CLIENT_ID: undefined });
  expect(lines.filter(({ status }) => status === "failed").map(({ check }) => check)).toEqual([
    "Pulumi",
    "credentials",
  ]);
  expect(lines[0]?.message).toContain("pulumi 3.100.0 at");
  expect(lines[1]?.message).toMatch(/azure-backup:tenantId .* azure-backup:clientId/);
});

test("no pulumi on the PATH, and one that does not report its version", async () => {
  const [missing] = await notOk({ PATH: "/nowhere" });
  expect(missing?.message).toMatch(/^pulumi was not found on the PATH\./);
  pulumiOnPath("nothing");
  const [unrecognized] = await notOk();
  expect(unrecognized?.message).toContain("does not report its version");
});

test("a Node that is too old", async () => {
  await expect(node({}, "20.19.0")).rejects.toThrow(/^Node 20\.19\.0 at .* is too old: 22 or later is required/);
  expect((await node({}, "22.0.0")).value).toBe("22.0.0");
});

test("whether Node keeps compiled code, which makes previews start faster", async () => {
  expect((await node({})).message).toContain("no compile cache; NODE_COMPILE_CACHE sets one");
  expect((await node({ NODE_COMPILE_CACHE: "/cache/node" })).message).toContain("compile cache in /cache/node");
});

test("a metadata host that nobody listens on", async () => {
  const lines = await notOk({ ARM_METADATA_HOSTNAME: "localhost:9" });
  expect(lines[0]).toMatchObject({ check: "cloud", status: "failed" });
  expect(lines[0]?.message).toMatch(/ECONNREFUSED.*Check the network and the proxy/);
});

test("a subscription of another tenant, and none at all", async () => {
  const other = { ARM_SUBSCRIPTION_ID: "00000000-0000-4000-8000-000000000000" };
  const [invisible] = await notOk(other, { vaultId: undefined });
  expect(invisible).toMatchObject({ check: "subscription", status: "failed" });
  expect(invisible?.message).toContain("Check the subscription ID");
  const [none] = await notOk({ ARM_SUBSCRIPTION_ID: undefined }, { vaultId: undefined });
  expect(none?.message).toMatch(/^No subscription is set\./);
});

test("a resource group that is not there, beside a registration that may not be read", async () => {
  emulator.faults.add({
    kind: "status",
    status: 403,
    code: "AuthorizationFailed",
    path: /providers\/Microsoft.DataProtection\?/i,
  });
  const lines = await notOk({}, { vaultId: vaultId().replace("/rg/", "/rg-none/") });
  expect(lines.map(({ check }) => check)).toEqual(["resource group", "registration"]);
  expect(lines[0]?.message).toContain("az group create --name rg-none");
});

test("a check that gets no answer in time leaves the others as they are", async () => {
  emulator.faults.add({ kind: "delay", delayMs: 3_600_000, method: "GET", path: /resourceGroups\/rg\?/i });
  const lines = await notOk({}, { timeoutMs: 6_000 });
  expect(lines.map(({ check }) => check)).toEqual(["resource group"]);
});

test.each([
  [{ properties: { provisioningState: "Failed" } }, /last update .* failed/],
  [
    {
      properties: {
        securitySettings: {
          encryptionSettings: {
            state: "Inconsistent",
            keyVaultProperties: { keyUri: "https://none.vault.azure.net/keys/none" },
          },
        },
      },
    },
    /encryption .* is Inconsistent/,
  ],
])("a vault that is left as %j is a failed check", async (patch, says) => {
  emulator.arm("PUT", vaultId(), vaultBody);
  emulator.setVault(vaultId(), patch as never);
  const lines = await notOk();
  expect(lines).toMatchObject([{ check: "vault", status: "failed", message: expect.stringMatching(says) }]);
});

test("a text that is no vault's id ends at once", async () => {
  await expect(examined({}, { vaultId: "payroll" })).rejects.toThrow('"payroll" is not the ARM ID of a vault.');
});

/** A stack's configuration, as `pulumi config` shows it: secrets only when they are asked for by name. */
function stackOnPath(values: Record<string, string>, secrets: Record<string, string> = {}): void {
  const shown = {
    ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: false }])),
    ...Object.fromEntries(Object.keys(secrets).map((key) => [key, { secret: true }])),
  };
  const clauses = Object.entries(secrets).map(
    ([key, value]) =>
      `"config get ${key} --json --stack prod --non-interactive") echo '{"value":"${value}","secret":true}' ;;`,
  );
  writePulumi(`case "$*" in
    version) echo v3.259.0 ;;
    "config --json --stack prod --non-interactive") echo '${JSON.stringify(shown)}' ;;
    ${clauses.join("\n")}
    *) echo "error: no stack named '$4' found" >&2; exit 6 ;;
  esac`);
}

test("the configuration of a stack goes before the environment, and its secrets are used and not shown", async () => {
  const { ARM_TENANT_ID = "", ARM_CLIENT_ID = "", ARM_CLIENT_SECRET = "", ARM_METADATA_HOSTNAME = "" } = emulator.env;
  stackOnPath(
    { "azure-backup:clientId": ARM_CLIENT_ID, "azure-backup:metadataHost": ARM_METADATA_HOSTNAME, "other:key": "x" },
    { "azure-backup:clientSecret": ARM_CLIENT_SECRET, "azure-backup:tenantId": ARM_TENANT_ID, "other:secret": "hush" },
  );
  const wrong = { ARM_TENANT_ID: "contoso.com", ARM_CLIENT_ID: "none", ARM_CLIENT_SECRET: "none" };
  const lines = await examined({ ...wrong, ARM_METADATA_HOSTNAME: undefined }, { stack: "prod" });
  expect(lines.filter(({ status }) => status !== "ok")).toEqual([]);
  const messages = Object.fromEntries(lines.map(({ check, message }) => [check, message]));
  expect(messages["stack configuration"]).toBe(
    `stack prod: tenantId [secret], clientId ${ARM_CLIENT_ID}, clientSecret [secret], metadataHost ${ARM_METADATA_HOSTNAME}`,
  );
  expect(messages.credentials).toBe(`a client secret (client ${ARM_CLIENT_ID}, tenant [secret])`);
  expect(messages.cloud).toMatch(/^an emulator on this machine at .*, set by azure-backup:metadataHost$/);
  for (const secret of [ARM_CLIENT_SECRET, ARM_TENANT_ID]) expect(JSON.stringify(lines)).not.toContain(secret);
});

test("an unknown key, and a secret in plain text, are warnings: the machine can deploy", async () => {
  stackOnPath({ "azure-backup:subscripionId": "x", "azure-backup:clientSecret": emulator.env.ARM_CLIENT_SECRET ?? "" });
  const lines = await notOk({}, { stack: "prod" });
  expect(lines).toEqual([
    {
      check: "stack configuration",
      status: "warning",
      message:
        'The stack\'s configuration has the unknown key "azure-backup:subscripionId", which has no effect; ' +
        'did you mean "azure-backup:subscriptionId"?',
    },
    {
      check: "stack configuration",
      status: "warning",
      message:
        "azure-backup:clientSecret is stored in plain text. To encrypt it, run " +
        "`pulumi config set --secret azure-backup:clientSecret --stack prod` and enter the value again.",
    },
  ]);
});

test("a stack that is not there: what depends on its configuration is not tried", async () => {
  stackOnPath({});
  const lines = await notOk({}, { stack: "prd" });
  expect(lines.map(({ check, status }) => `${status}: ${check}`)).toEqual([
    "failed: stack configuration",
    "skipped: credentials",
    "skipped: cloud",
    "skipped: sign-in",
    "skipped: subscription",
    "skipped: resource group",
    "skipped: registration",
    "skipped: permissions",
    "skipped: vault",
  ]);
  expect(lines[0]?.message).toBe("`pulumi config --json --stack prd` failed: no stack named 'prd' found");
});
