import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { reviewVariable } from "../../provider/host/review.js";
import { type Front, fronts } from "../support/host.js";
import { oneRun, oneRunOfPlugin } from "../support/oneRun.js";
import { inClear, open } from "./marks.js";

type Properties = Record<string, unknown>;
type Handlers = ReturnType<typeof oneRun>["backupVault"];

const group = "rg-hush";
const keyUri = "https://kv-hush.vault.azure.net/keys/key-hush";

let azure: Emulator;
let vault: string;
let identity: string;
let directory: string;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup(group);
  const created = azure.createUserAssignedIdentity(group, "id-hush");
  identity = created.id;
  const keyVault = azure.createKeyVault(group, "kv-hush").id;
  azure.createKey(keyVault, "key-hush");
  azure.grant(keyVault, created.properties.principalId);
  vault = vaultId("bv-hush");
  directory = mkdtempSync(join(tmpdir(), "azure-backup-secrets-"));
});

afterEach(() => {
  azure.faults.clear();
  azure.arm("DELETE", vault);
});

afterAll(async () => {
  rmSync(directory, { recursive: true });
  await azure.close();
});

const vaultId = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/${name}`;

const payroll = (): Properties => ({
  vaultName: "bv-hush",
  resourceGroupName: group,
  subscriptionId: azure.env.ARM_SUBSCRIPTION_ID,
  location: "northeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "AlwaysOn", retentionDurationInDays: 77 },
  immutability: "Unlocked",
  crossSubscriptionRestore: "PermanentlyDisabled",
  identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
  encryption: { keyUri, identity },
  tags: { "owner.team": "team-hush" },
});

/** All that was told or recorded while a vault was created, refused, changed, read, and failed. */
async function whatIsTold(front: Front, news: Properties, changed: Properties, paths: string[][]): Promise<string[]> {
  const begun = front === "plugin" ? oneRunOfPlugin : oneRun;
  const plain = front === "plugin" ? asItIs : inClear;
  const unmarked = (state: unknown) => open(state, front === "plugin" ? [] : paths);
  const marked = { ...news, __secrets: paths };
  const records = join(directory, "judged.jsonl");
  writeFileSync(records, "");
  const reviewed = begun(azure, { [reviewVariable]: records });
  const run = begun(azure);
  const said: string[] = [];
  const listen = async (work: () => Promise<unknown>) => {
    await work().catch((error) => said.push(error.message, JSON.stringify(error.reasons ?? "")));
  };
  const check = async (handlers: Handlers, olds: Properties, args: Properties) => {
    const { inputs, failures } = await handlers.check(olds, args);
    said.push(...failures.map(({ reason }) => reason));
    return inputs;
  };
  await check(reviewed.backupVault, {}, marked);
  const inputs = plain(await check(run.backupVault, {}, marked));
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "PUT" });
  await listen(() => run.backupVault.create(inputs));
  azure.faults.clear();
  const { id, outs } = await run.backupVault.create(inputs);
  said.push(...unmarked(outs));
  // As another program that finds the vault there.
  await check(begun(azure).backupVault, {}, marked);
  await check(reviewed.backupVault, inputs, { ...changed, __secrets: paths });
  const wanted = plain(await check(run.backupVault, inputs, { ...changed, __secrets: paths }));
  await listen(() => run.backupVault.diff(id, plain(outs), wanted));
  await listen(() => run.backupVault.update(id, plain(outs), wanted));
  const { props = {} } = (await run.backupVault.read(id, plain(outs))) as { props?: Properties };
  said.push(...unmarked(props));
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "GET", times: "always" });
  await listen(() => run.backupVault.read(id, plain(outs)));
  await listen(() => run.backupVault.delete(id, plain(outs)));
  await check(run.backupVault, inputs, { ...changed, __secrets: paths });
  return [...said, ...run.warnings, ...reviewed.warnings, readFileSync(records, "utf8")];
}

/** What the engine hands back to the plugin, with secrets marked. */
const asItIs = (properties: Properties): Properties => JSON.parse(JSON.stringify(properties));

const valueAt = (value: unknown, path: string[]): unknown =>
  path.reduce((inner, name) => (inner as Properties)[name], value);

const secretPaths: string[][] = [
  ["vaultName"],
  ["resourceGroupName"],
  ["subscriptionId"],
  ["location"],
  ["redundancy"],
  ["softDelete", "state"],
  ["softDelete", "retentionDurationInDays"],
  ["immutability"],
  ["crossSubscriptionRestore"],
  ["identity", "userAssignedIdentities", "0"],
  ["encryption", "keyUri"],
  ["encryption", "identity"],
  ["tags", "owner.team"],
];

test.each(fronts.flatMap((front) => secretPaths.map((path) => [path, front] as const)))(
  "a vault's secret %p is in no message, no record and no open part of the state, by the %s front",
  async (path, front) => {
    const news = payroll();
    const changed = {
      ...news,
      softDelete: { state: "Off", retentionDurationInDays: 78 },
      crossSubscriptionRestore: "Enabled",
      identity: { type: "None" },
      encryption: { keyUri: "https://kv-hush.vault.azure.net/keys/key-none", identity },
      tags: { "owner.team": "x".repeat(300) },
    };
    const told = (await whatIsTold(front, news, changed, [path])).join("\n");
    expect(told).toContain("csr-permanently-disabled");
    expect(told).toContain("HTTP 403");
    const secret = String(valueAt(news, path));
    const parts = secret.includes("/") ? secret.split("/").filter((each) => each.includes("hush")) : [];
    for (const part of [secret, ...parts]) expect(told).not.toMatch(alone(part));
  },
);

/** Azure's words are parts of our own codes and of names: `immutability-locked`. */
const alone = (text: string) =>
  new RegExp(`(?<![\\w-])${text.replaceAll(/[.+]/g, "\\$&")}(?![\\w-])`, /hush|0000/.test(text) ? "i" : "");

test("a secret word of Azure's leaves codes, names and what is said of other settings as they are", async () => {
  const run = oneRun(azure);
  const news = { ...payroll(), vaultName: "bv-locked", immutability: "Locked", tags: undefined };
  const marked = { ...news, __secrets: [["immutability"], ["softDelete"]] };
  const { inputs } = await run.backupVault.check({}, marked);
  const { id, outs } = await run.backupVault.create(inClear(inputs));
  expect(outs).toMatchObject({ vaultId: vaultId("bv-locked"), crossSubscriptionRestore: "PermanentlyDisabled" });
  const changed = { ...marked, immutability: "Disabled", crossSubscriptionRestore: "Disabled" };
  const { failures } = await run.backupVault.check(inClear(inputs), changed);
  azure.setVault(id, undefined);
  expect(failures.map(({ reason }) => reason.split(".")[0])).toEqual([
    'csr-permanently-disabled: Backup vault "bv-locked" cannot change crossSubscriptionRestore from PermanentlyDisabled to [secret]',
    'immutability-locked: Backup vault "bv-locked" cannot change immutability from [secret] to [secret]',
  ]);
});

test("what another resource of the program keeps secret is not told by any", async () => {
  const run = oneRun(azure);
  const secret = { vault, identity, __secrets: [["vault"]] };
  await run.identityAssignment.check({}, secret);
  const refused = await run.encryptionSettings.check({}, { vault, keyUri: `${keyUri}-none`, identity });
  const said = [...refused.failures.map(({ reason }) => reason), ...run.warnings].join("\n");
  expect(said).toContain("[secret]");
  expect(said).not.toContain("bv-hush");
});

test("an access to a secret key tells neither the key nor where it lies", async () => {
  const run = oneRun(azure);
  const { principalId } = azure.createUserAssignedIdentity(group, "id-other").properties;
  const args = { keyUri, principalId, __secrets: [["keyUri"]] };
  const { inputs } = await run.keyAccess.check({}, args);
  const { id, outs } = await run.keyAccess.create(inClear(inputs));
  expect(open(outs, [["keyUri"]]).join()).not.toMatch(/kv-hush|key-hush/);
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", times: "always" });
  const error = await run.keyAccess.delete(id, inClear(outs)).catch((each) => each.message);
  azure.faults.clear();
  expect(error).toContain("403");
  expect([error, ...run.warnings].join()).not.toMatch(/kv-hush|key-hush/);
});

test("a wrong value that is secret is not in the message, nor what it resembles, nor the name of a secret tag", async () => {
  const said = async (args: Properties, path: string[]) => {
    const { failures } = await oneRun(azure).backupVault.check({}, { ...payroll(), ...args, __secrets: [path] });
    return failures.map(({ reason }) => reason).join("\n");
  };
  const redundancy = { redundancy: "GeoRedundent" };
  expect(await said(redundancy, ["tags"])).toContain('it is "GeoRedundent"; did you mean "GeoRedundant"?');
  expect(await said(redundancy, ["redundancy"])).toMatch(/; it is "\[secret\]"\.$/);
  const days = { softDelete: { retentionDurationInDays: "30" } };
  expect(await said(days, ["softDelete"])).toContain('it is the string "[secret]".');
  const location = { location: 'Mars "hunter2"' };
  expect(await said(location, ["location"])).toMatch(/; it is "\[secret\]"\.$/);
  const tags = { tags: { "team-hunter2": 1234 } };
  expect(await said(tags, ["tags", "team-hunter2"])).toContain(
    "tags.team-hunter2 must be a string; it is the number [secret].",
  );
  expect(await said(tags, ["tags"])).toContain("[secret] must be a string; it is the number [secret].");
});

test("without secrets, everything is told and recorded as it is", async () => {
  const run = oneRun(azure);
  const { inputs } = await run.backupVault.check({}, payroll());
  expect(inputs.vaultId).toBe(vault);
  expect(inputs).not.toHaveProperty("__secrets");
});
