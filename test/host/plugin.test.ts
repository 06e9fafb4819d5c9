import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { handlerConstant } from "../../provider/host/dynamic/handlerConstant.js";
import { secretMark } from "../../provider/host/secretMark.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { root } from "../../scripts/lib/root.mjs";
import { Empty, Host, type HostError, messages, Struct } from "../support/host.js";

type Properties = Record<string, unknown>;

const group = "rg-payroll";
/** A vault of its own for each test, since one plugin serves them all. */
let payroll: ReturnType<typeof vaultNamed>;
const vaultNamed = (vaultName: string) => ({
  vaultName,
  resourceGroupName: group,
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  tags: { owner: "payroll-team", "cost center": "4711" },
});
const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

let azure: Emulator;
let plugin: Host;
let identity: { id: string; properties: { principalId: string } };
/** Those of the test alone. */
const hosts: Host[] = [];
let count = 0;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup(group);
  identity = azure.createUserAssignedIdentity(group, "id-payroll") as typeof identity;
  azure.createKey(azure.createKeyVault(group, "kv-payroll").id, "backup");
  plugin = await new Host("backupVault", "plugin").start(azure.env);
});

beforeEach(() => {
  payroll = vaultNamed(`bv-payroll-${++count}`);
  plugin.handler = "backupVault";
});

afterEach(async () => {
  azure.faults.clear();
  for (const host of hosts.splice(0)) await host.stop();
});

afterAll(async () => {
  await plugin.stop();
  await azure.close();
});

const idOf = ({ vaultName }: typeof payroll): string =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function started(
  handler: string,
  front: "dynamic" | "plugin",
  config: Properties = {},
  how?: Parameters<Host["start"]>[2],
) {
  const host = await new Host(handler, front).start(azure.env, config, how);
  hosts.push(host);
  return host;
}

async function created(host: Host, args: object) {
  const { inputs, failures } = await host.check({}, args as Properties);
  expect(failures).toEqual([]);
  return { inputs, ...(await host.create(inputs)) };
}

const failureOf = (work: Promise<unknown>): Promise<HostError> =>
  work.then(
    () => Promise.reject(new Error("it should have failed")),
    (error) => error,
  );

// What the engine shows

test("a change is shown with its path and its kind, and what replaces a vault as such", async () => {
  const { id, inputs, outs } = await created(plugin, payroll);
  const wanted = {
    ...payroll,
    location: "northeurope",
    softDelete: { state: "On", retentionDurationInDays: 60 },
    tags: { owner: unknownSentinel, "cost center": "4711", "cost-type": "shared" },
    alertsForAllJobFailures: secretMark("Enabled"),
  };
  const checked = await plugin.check(inputs, wanted);
  expect(await plugin.detailedDiff(id, outs, checked.inputs, inputs)).toEqual({
    location: "UPDATE_REPLACE",
    "softDelete.retentionDurationInDays": "UPDATE",
    "tags.owner": "UPDATE",
    "tags.cost-type": "ADD",
    alertsForAllJobFailures: "ADD",
  });
  const fewer = await plugin.check(inputs, { ...payroll, tags: { owner: "payroll-team" } });
  expect(await plugin.detailedDiff(id, outs, fewer.inputs, inputs)).toEqual({ 'tags["cost center"]': "DELETE" });
});

test("a tag's name is in a path as the engine reads it, and one that no path can have is shown with all tags", async () => {
  const id = idOf(payroll);
  const shown = (tag: string) => {
    const [old = {}, wanted = {}] = ["1", "2"].map((value) => ({ ...payroll, tags: { [tag]: value, kept: "1" } }));
    return plugin.detailedDiff(id, { ...old, vaultId: id }, wanted, old);
  };
  expect(await shown('a\\b "c"\n/')).toEqual({ 'tags["a\\b \\"c\\"\n/"]': "UPDATE" });
  expect(await shown("ends with \\")).toEqual({ tags: "UPDATE" });
});

test("a vault that keeps its ID is deleted before its new half is created", async () => {
  const { id, inputs, outs } = await created(plugin, payroll);
  const { inputs: wanted } = await plugin.check(inputs, { ...payroll, location: "northeurope" });
  expect(await plugin.diff(id, outs, wanted, inputs)).toEqual({
    changes: true,
    replaces: ["location"],
    deleteBeforeReplace: true,
  });
});

test("what is recorded for later is an update, and what is said for one run is none", async () => {
  const { id, inputs, outs } = await created(plugin, payroll);
  const changed = async (more: object) => {
    const { inputs: wanted } = await plugin.check(inputs, { ...payroll, ...more });
    return {
      ...(await plugin.diff(id, outs, wanted, inputs)),
      shown: await plugin.detailedDiff(id, outs, wanted, inputs),
      named: await plugin.changedArguments(id, outs, wanted, inputs),
    };
  };
  const later = { changes: true, shown: { timeouts: "ADD" }, named: ["timeouts"] };
  expect(await changed({ timeouts: { delete: "5m" } })).toMatchObject(later);
  expect(await changed({ adopt: true })).toMatchObject({ changes: false, shown: {}, named: [] });
});

test("a preview shows what is known of a new vault, and of a changed one what does not change", async () => {
  const before = azure.writes().length;
  const { inputs } = await plugin.check({}, payroll);
  const preview = await plugin.create(inputs, { preview: true });
  expect(preview.id).toBe("");
  expect(preview.outs).toMatchObject({ ...payroll, vaultId: idOf(payroll), principalId: unknownSentinel });
  expect(azure.writes()).toHaveLength(before);

  const { id, outs } = await plugin.create(inputs);
  const news = { ...payroll, tags: {} };
  const { inputs: wanted } = await plugin.check(inputs, news);
  const changed = await plugin.update(id, outs, wanted, { preview: true });
  expect(changed).toMatchObject({ vaultId: id, tags: {}, provisioningState: unknownSentinel });
  expect(changed.principalId).toBe(outs.principalId);
});

// What the state has

test("an input that follows from others is none, and a state of an earlier version that has it shows no change", async () => {
  const { id, inputs, outs } = await created(plugin, payroll);
  expect(Object.keys(inputs).sort()).toEqual([...Object.keys(payroll), "subscriptionId"].sort());
  expect(outs).toMatchObject({ vaultId: id, datastoreType: "VaultStore" });
  const earlier = { ...inputs, vaultId: id, datastoreType: "VaultStore" };
  for (const old of [inputs, earlier]) {
    const { inputs: same, failures } = await plugin.check(old, { ...payroll, datastoreType: "VaultStore" });
    expect({ failures, same }).toEqual({ failures: [], same: inputs });
    expect(await plugin.diff(id, outs, same, old)).toEqual({
      changes: false,
      replaces: [],
      deleteBeforeReplace: false,
    });
    const { inputs: wanted } = await plugin.check(old, { ...payroll, tags: {}, datastoreType: "OperationalStore" });
    expect(await plugin.detailedDiff(id, outs, wanted, old)).toEqual({
      datastoreType: "UPDATE_REPLACE",
      "tags.owner": "DELETE",
      'tags["cost center"]': "DELETE",
    });
  }
  expect((await plugin.read(id, outs)).inputs).toEqual(inputs);
  expect(await plugin.update(id, outs, inputs, { preview: true })).toMatchObject({ vaultId: id });
});

test("an ID that follows from a secret is secret, and unknown while a part of it is", async () => {
  const shown = async (resourceGroupName: unknown) => {
    const { inputs } = await plugin.check({}, { ...payroll, resourceGroupName });
    return (await plugin.create(inputs, { preview: true })).outs.vaultId;
  };
  expect(await shown(secretMark("rg-hush"))).toEqual(secretMark(expect.stringContaining("/resourceGroups/rg-hush/")));
  expect(await shown(unknownSentinel)).toBe(unknownSentinel);
});

// Secrets

test("a secret that is Azure's default is one in the outputs", async () => {
  const datastoreType = secretMark("VaultStore");
  const { id, inputs, outs } = await created(plugin, { ...payroll, datastoreType });
  const { props } = await plugin.read(id, outs);
  expect([outs.datastoreType, props.datastoreType]).toEqual([datastoreType, datastoreType]);
  expect(await plugin.diff(id, outs, inputs, inputs)).toMatchObject({ changes: false });
});

test("a secret stays one in inputs, outputs and a refresh, and no message has it", async () => {
  const args = { ...payroll, tags: { owner: secretMark("hunter2") } };
  const { id, inputs, outs } = await created(plugin, args);
  for (const each of [inputs, outs, (await plugin.read(id, outs)).props, (await plugin.read(id, outs)).inputs]) {
    expect(each?.tags).toEqual({ owner: secretMark("hunter2") });
  }
  const { failures } = await plugin.check(
    {},
    {
      ...args,
      vaultName: `${payroll.vaultName}-other`,
      redundancy: secretMark("hunter3"),
    },
  );
  expect(failures).toHaveLength(1);
  expect(failures.join()).not.toContain("hunter3");
});

// Timeouts and cancellation

test("Pulumi's customTimeouts are a deadline, and no argument", async () => {
  const { inputs } = await plugin.check({}, payroll);
  azure.faults.add({ method: "PUT", path: idOf(payroll), kind: "operationNeverEnds", times: 1 });
  const { partial } = await failureOf(plugin.create(inputs, { timeout: 2 }));
  expect(partial?.id).toBe(idOf(payroll));
  expect(Object.keys(partial?.properties ?? {})).not.toContain("timeouts");
});

test.each(["Cancel", "SIGTERM"])("%s ends a running creation, and what Azure has accepted is recorded", async (way) => {
  const host = await started("backupVault", "plugin");
  const { inputs } = await host.check({}, payroll);
  azure.faults.add({ method: "PUT", path: idOf(payroll), kind: "operationNeverEnds", times: 1 });
  const before = azure.writes().length;
  const failure = failureOf(host.create(inputs));
  while (azure.writes().length === before) await new Promise((later) => setTimeout(later, 20));
  if (way === "Cancel") await host.cancel();
  else await host.terminate();
  const { partial } = await failure;
  expect(partial?.id).toBe(idOf(payroll));
  expect(partial?.reasons.join()).toContain("Run `pulumi up` again to complete it.");
});

// The engine and the plugin

test("a plugin that the engine did not start warns the engine that attaches to it", async () => {
  const host = await started("backupVault", "plugin", {}, "before the engine");
  await host.check({}, { ...payroll, crossRegionRestore: unknownSentinel });
  expect(host.warnings).toContainEqual(expect.stringMatching(/^one-way-change: /));
});

test("the plugin ends soon after an engine that was killed", async () => {
  const path = join(root, "plugin/pulumi-resource-azure-backup");
  // Stands in for the engine: it starts the plugin, and says the plugin's process ID.
  const engine = spawn("node", [
    "-e",
    `const plugin = require("node:child_process").spawn(process.execPath, [${JSON.stringify(path)}, "127.0.0.1:1"]);
    plugin.stdout.once("data", () => console.log(plugin.pid));`,
  ]);
  const plugin = Number(String((await once(engine.stdout, "data"))[0]));
  engine.kill("SIGKILL");
  while (isRunning(plugin)) await new Promise((later) => setTimeout(later, 50));
});

test("Pulumi's language host starts it from its directory", async () => {
  expect(parse(readFileSync(join(root, "plugin/PulumiPlugin.yaml"), "utf8"))).toEqual({
    name: "azure-backup",
    runtime: "nodejs",
  });
  const host = await started("backupVault", "plugin", {}, "by the language host");
  const { id } = await created(host, payroll);
  expect(azure.vault(id)).toBeDefined();
});

test("what the plugin does not serve is answered as unimplemented, and an unknown type in a sentence", async () => {
  await expect(plugin.call("getMapping", new messages.GetMappingRequest())).rejects.toMatchObject({ code: 12 });
  plugin.handler = "restorePoint";
  await expect(plugin.check({}, {})).rejects.toThrow("does not know the type azure-backup:index:RestorePoint");
});

test("the schema that it serves is the one of its documentation, in the version of the package", async () => {
  const schema = JSON.parse((await plugin.call("getSchema", new messages.GetSchemaRequest())).getSchema());
  expect(schema.name).toBe("azure-backup");
  const { version } = require("../../package.json");
  expect((await plugin.call("getPluginInfo", new Empty())).getVersion()).toBe(version);
});

test("each explicit provider has its own subscription, and an unknown key of its configuration is refused", async () => {
  const one = "11111111-2222-3333-4444-555555555555";
  for (const subscriptionId of [one, unknownSentinel]) {
    const host = await started("backupVault", "plugin", { "azure-backup:subscriptionId": subscriptionId });
    const { inputs } = await host.check({}, payroll);
    expect(inputs.subscriptionId).toBe(subscriptionId);
    const { outs } = await host.create(inputs, { preview: true });
    expect(outs.vaultId).not.toContain(azure.env.ARM_SUBSCRIPTION_ID);
  }
  const request = new messages.CheckRequest();
  request.setNews(Struct.fromJavaScript({ subscriptionID: one, version: "0.1.0" }));
  const failures = (await plugin.call("checkConfig", request)).getFailuresList();
  expect(failures).toHaveLength(1);
  expect(failures[0].getReason()).toContain('did you mean "azure-backup:subscriptionId"?');
});

test("a provider with a value that none of its settings has is refused, as far as the value is known and no secret", async () => {
  const reasons = async (config: Record<string, string | boolean | object>) => {
    const request = new messages.CheckRequest();
    request.setNews(Struct.fromJavaScript(config as Record<string, string>));
    const failures: { getReason(): string }[] = (await plugin.call("checkConfig", request)).getFailuresList();
    return failures.map((failure) => failure.getReason());
  };
  expect(await reasons({ subscriptionId: "no-guid", useOidc: "maybe" })).toEqual([
    "azure-backup:useOidc (ARM_USE_OIDC) must be true or false.",
    "azure-backup:subscriptionId (ARM_SUBSCRIPTION_ID) must be a GUID.",
  ]);
  const tenantId = secretMark("no tenant");
  expect(
    await reasons({ subscriptionId: unknownSentinel, tenantId, useMsi: true, environment: "of the host" }),
  ).toEqual([]);
});

test("getVaultOverview is a function of every language", async () => {
  const { id } = await created(plugin, payroll);
  const request = new messages.InvokeRequest();
  request.setTok("azure-backup:index:getVaultOverview");
  request.setArgs(Struct.fromJavaScript({ vaultId: id }));
  const overview = (await plugin.call("invoke", request)).getReturn().toJavaScript();
  expect(overview).toMatchObject({ vaultId: id, kind: "BackupVault", deletion: { decision: expect.any(String) } });

  const refusal = (args: Record<string, null | object | string>) => {
    request.setArgs(Struct.fromJavaScript(args));
    return failureOf(plugin.call("invoke", request));
  };
  expect((await refusal({ vaultId: `${id}-gone` })).message).toBe(`getVaultOverview: there is no vault ${id}-gone.`);
  expect((await refusal({ vaultId: secretMark(`${id}-gone`) })).message).toBe(
    "getVaultOverview: there is no vault [secret].",
  );
  const wrong = "getVaultOverview: vaultId must be the ARM ID of a vault.";
  expect((await refusal({})).message).toBe(wrong);
  for (const vaultId of [null, { name: "bv" }]) expect((await refusal({ vaultId })).message).toBe(wrong);
});

test("the vaults of a subscription are listed, and no other type", async () => {
  const vaults = "azure-backup:index:BackupVault";
  const { id } = await created(plugin, payroll);
  const { id: other } = await created(plugin, { ...payroll, vaultName: `${payroll.vaultName}-other` });
  const subscription = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
  const { value } = azure.arm("GET", `${subscription}/providers/Microsoft.DataProtection/backupVaults`).body as {
    value: { id: string; name: string }[];
  };
  const all = value.map((each) => ({ id: each.id, name: each.name })).sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(all.map((each) => each.id)).toEqual(expect.arrayContaining([id, other]));
  expect(await plugin.list(vaults)).toEqual(all);
  expect(await plugin.list(vaults, { subscriptionId: null })).toEqual(all);
  expect(await plugin.list(vaults, { subscriptionId: azure.env.ARM_SUBSCRIPTION_ID }, 1)).toEqual([all[0]]);
  expect(await plugin.list("azure-backup:index:RecoveryServicesVault")).toEqual([]);
  await expect(plugin.list("azure-backup:index:KeyAccess")).rejects.toThrow(
    "does not know the list of azure-backup:index:KeyAccess",
  );
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", path: "backupVaults" });
  await expect(plugin.list(vaults)).rejects.toThrow("403");
});

// Import

/** Reads by an ID alone, and takes what comes of it for the program. */
async function imported(handler: string, id: string) {
  plugin.handler = handler;
  const { id: recorded, props, inputs = {} } = await plugin.read(id, {});
  const checked = await plugin.check(inputs, inputs);
  const change = await plugin.diff(recorded, props, checked.inputs, inputs);
  return { id: recorded, props, inputs, failures: checked.failures, change };
}

test("what a program says of a resource that it gets is no record of it", async () => {
  const { id } = await created(plugin, { ...payroll, identity: { type: "SystemAssigned" } });
  const said: [string, string, Properties][] = [
    ["backupVault", id, { vaultId: id }],
    ["identityAssignment", `${id}#SystemAssigned`, { vault: id }],
  ];
  for (const [handler, known, state] of said) {
    plugin.handler = handler;
    const { instance: _, ...props } = (await plugin.read(known, state, state)).props;
    expect(props).toEqual(expect.objectContaining((await imported(handler, known)).inputs));
  }
});

test("the identities of an imported vault go over to resources of their own without a write", async () => {
  const { id } = await created(plugin, { ...payroll, identity: { type: "SystemAssigned" } });
  const { inputs, props } = await imported("backupVault", id);
  const { identity: _, ...given } = inputs;
  plugin.handler = "identityAssignment";
  const assignment = await plugin.read(`${id}#SystemAssigned`, {});
  plugin.handler = "backupVault";
  const misspelt = await plugin.check(inputs, { ...given, externallyManaged: ["identities"] });
  expect(misspelt.failures.join()).toContain("externallyManaged[0] must be identity or encryption");

  const before = azure.writes().length;
  const { inputs: wanted, failures } = await plugin.check(inputs, { ...given, externallyManaged: ["identity"] });
  expect({ failures, recorded: wanted.externallyManaged }).toEqual({ failures: [], recorded: undefined });
  const updated = await plugin.update(id, props, wanted);
  expect(azure.writes()).toHaveLength(before);
  expect(updated.principalId).toBe(assignment.props.principalId);
});

// Moving

test("resources of the dynamic classes become the plugin's in one update, and come back, without a write to Azure", async () => {
  const { principalId } = identity.properties;
  const vault = idOf(payroll);
  // In clear and with its path, as Pulumi's own host has a secret.
  const args: Record<string, Properties> = {
    backupVault: { ...payroll, tags: { owner: "hunter2" }, __secrets: [["tags", "owner"]] },
    identityAssignment: { vault, identity: identity.id },
    keyAccess: { keyUri, principalId },
    encryptionSettings: { vault, keyUri, identity: identity.id },
  };
  const states: Record<string, { id: string; inputs: Properties; outs: Properties }> = {};
  const dynamic = await started("backupVault", "dynamic");
  for (const [handler, given] of Object.entries(args)) {
    dynamic.handler = handler;
    states[handler] = await created(dynamic, given);
  }
  const before = azure.writes().length;

  for (const [handler, { id, inputs, outs }] of Object.entries(states)) {
    plugin.handler = handler;
    const __provider = handlerConstant(handler);
    const { __secrets, ...given } = args[handler] ?? {};
    const program = __secrets ? { ...given, tags: { owner: secretMark("hunter2") } } : given;
    const checked = await plugin.check({ ...inputs, __provider }, program);
    expect(checked.failures).toEqual([]);
    const change = [id, { ...outs, __provider }, checked.inputs, { ...inputs, __provider }] as const;
    expect(await plugin.diff(...change)).toMatchObject({ changes: true, replaces: [] });
    expect(await plugin.detailedDiff(...change)).toEqual({});
    const moved = await plugin.update(id, { ...outs, __provider }, checked.inputs);
    expect(Object.keys(moved).filter((name) => name.startsWith("__"))).toEqual([]);
    expect(await plugin.diff(id, moved, checked.inputs, checked.inputs)).toMatchObject({ changes: false });
    if (__secrets) expect(moved.tags).toEqual({ owner: secretMark("hunter2") });

    // And back. The engine hands secrets to Pulumi's own host in clear.
    dynamic.handler = handler;
    const clear = (properties: Properties) =>
      "tags" in properties ? { ...properties, tags: { owner: "hunter2" } } : properties;
    const withoutProvider = { ...clear(moved), __provider: null };
    const back = await dynamic.check({ ...clear(checked.inputs), __provider: null }, args[handler] ?? {});
    expect(back.failures).toEqual([]);
    expect(await dynamic.diff(id, withoutProvider, back.inputs)).toMatchObject({ changes: true, replaces: [] });
    const returned = await dynamic.update(id, withoutProvider, back.inputs);
    expect(await dynamic.diff(id, returned, back.inputs)).toMatchObject({ changes: false });
  }
  expect(azure.writes()).toHaveLength(before);
});
