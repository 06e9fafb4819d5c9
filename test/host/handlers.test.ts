import { type Emulator, startEmulator } from "../../emulator/index.js";
import * as handlers from "../../provider/handlers.js";
import { handlerConstant } from "../../provider/host/dynamic/handlerConstant.js";
import { handlerName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { fronts, Host, type HostError } from "../support/host.js";

test("each type of resource has a handler of its name, as users' state names it", () => {
  expect(Object.keys(handlers).sort()).toEqual(resourceTypeNames.map(handlerName).sort());
});

/** A vault of its own for each test. */
const vault = (vaultName: string) => ({
  vaultName,
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "payroll-team" },
});

describe.each(fronts)("served by the %s front", (front) => {
  let azure: Emulator;
  let host: Host;
  let payroll: ReturnType<typeof vault>;
  let count = 0;

  beforeAll(async () => {
    azure = await startEmulator();
    await azure.createResourceGroup("rg-payroll");
    host = await new Host("backupVault", front).start(azure.env);
  });

  beforeEach(() => {
    payroll = vault(`bv-payroll-${++count}`);
    host.warnings.length = 0;
    host.printed = "";
  });

  afterAll(async () => {
    await host.stop();
    await azure.close();
  });

  async function created(args: object = payroll) {
    const { inputs } = await host.check({}, args as Record<string, unknown>);
    const { id, outs } = await host.create(inputs);
    return { id, inputs, outs };
  }

  test("the text that users' state holds is this, to the byte", () => {
    const text = handlerConstant("backupVault");
    expect(text).toBe(
      "exports.handler=()=>require('module').createRequire(process.cwd()+'/_')('pulumi-azure-backup/provider').backupVault",
    );
    expect(text.length).toBeLessThan(160);
  });

  test("a value that is not known yet is neither refused nor a replacement", async () => {
    const { inputs, id, outs } = await created();
    const news = { ...payroll, immutability: unknownSentinel, tags: { owner: unknownSentinel } };

    const checked = await host.check(inputs, news);
    expect(checked.failures).toEqual([]);
    expect(await host.diff(id, outs, checked.inputs)).toEqual({
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
  });

  test("a name that is not known yet leaves the vault's id unknown", async () => {
    const { inputs, failures } = await host.check({}, { ...payroll, vaultName: unknownSentinel });
    expect(failures).toEqual([]);
    // The plugin states the ID as an output only.
    const { vaultId } = front === "plugin" ? (await host.create(inputs, { preview: true })).outs : inputs;
    expect(vaultId).toBe(unknownSentinel);
  });

  test("every argument may be unknown, at any depth", async () => {
    const all = {
      ...payroll,
      softDelete: unknownSentinel,
      identity: { type: "UserAssigned", userAssignedIdentities: [unknownSentinel] },
      encryption: { keyUri: unknownSentinel, identity: unknownSentinel },
      tags: unknownSentinel,
    };
    for (const name of Object.keys(all)) {
      const { failures } = await host.check({}, { ...all, vaultName: `bv-${name}`, [name]: unknownSentinel });
      expect({ name, failures }).toEqual({ name, failures: [] });
    }
  });

  test.each(["immutability", "softDelete", "crossRegionRestore", "crossSubscriptionRestore", "encryption"])(
    "a %s that is not known yet may be permanent, and the preview says so",
    async (name) => {
      const { inputs } = await created();
      for (const olds of [{}, inputs]) {
        const vaultName = Object.keys(olds).length > 0 ? payroll.vaultName : `${payroll.vaultName}-new`;
        host.warnings.length = 0;
        await host.check(olds, { ...payroll, vaultName, [name]: unknownSentinel });
        expect(host.warnings).toContainEqual(expect.stringMatching(/^one-way-change: .*there is no way back\./));
      }
    },
  );

  test("failures name no property: with one the engine would print the value, and a secret in clear", async () => {
    const secret = { redundancy: "hunter2", __secrets: [["redundancy"]] };
    const { failures, properties } = await host.check({}, { ...payroll, ...secret, tags: { key: 7 } });
    expect(failures).toHaveLength(2);
    expect(properties).toEqual(["", ""]);
    expect(failures.join()).not.toContain("hunter2");
  });

  test("a refresh of a vault that was locked outside Pulumi is quiet, and the next deployment is not", async () => {
    const { id, inputs, outs } = await created();
    azure.setVault(id, { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });

    const read = await host.read(id, outs);
    expect(read.props.immutability).toBe("Locked");
    expect(read.inputs?.immutability).toBe("Locked");
    expect(await host.diff(id, read.props, inputs)).toMatchObject({ changes: true, replaces: [] });

    await expect(host.diff(id, read.props, inputs)).rejects.toThrow("immutability-locked");
  });

  test("only a 404 means that a vault is gone", async () => {
    const { id, outs } = await created();
    azure.faults.add({ method: "GET", path: id, kind: "status", status: 403, times: 1 });
    await expect(host.read(id, outs)).rejects.toThrow(/403/);

    azure.setVault(id, undefined);
    expect(await host.read(id, outs)).toMatchObject({ id: "" });
  });

  test("an error reaches the user as one sentence without a stack", async () => {
    const { id, outs } = await created();
    azure.faults.add({ method: "GET", path: id, kind: "status", status: 403, times: 1 });
    await expect(host.read(id, outs)).rejects.toThrow(/403/);
    // Pulumi's own host prints errors as well.
    const printed = {
      dynamic: `Reading ${payroll.vaultName} failed: the error of the resource itself gives the reason.\n`,
      plugin: "",
    };
    expect(host.printed).toBe(printed[front]);
  });

  test("a creation that Azure accepted and did not finish is recorded with its id and its handlers", async () => {
    const { inputs } = await host.check({}, { ...payroll, timeouts: { create: "5s" } });
    const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${payroll.vaultName}`;
    azure.faults.add({ method: "PUT", path: id, kind: "operationNeverEnds", times: 1 });

    const error: HostError = await host.create(inputs).then(
      () => Promise.reject(new Error("it should have failed")),
      (failure) => failure,
    );

    expect(error.partial?.id).toBe(id);
    expect(error.partial?.properties.__provider).toBe(front === "dynamic" ? handlerConstant("backupVault") : undefined);
    expect(error.partial?.reasons).toHaveLength(1);
  });

  test("what the engine would not take is not in any result", async () => {
    const { outs, id } = await created();
    const read = await host.read(id, outs);
    expect(JSON.stringify([outs, read])).not.toContain("null");
  });

  test("configuration of the stack goes before the environment", async () => {
    const other = "11111111-2222-3333-4444-555555555555";
    const configured = await new Host("backupVault", front).start(azure.env, { "azure-backup:subscriptionId": other });
    try {
      const { inputs } = await configured.check({}, { ...payroll, vaultName: unknownSentinel });
      expect(inputs.subscriptionId).toBe(other);
    } finally {
      await configured.stop();
    }
  });

  test("parallel operations on one vault are done one after the other", async () => {
    const { id, inputs, outs } = await created();
    const retention = (days: number) => ({ ...inputs, softDelete: { state: "On", retentionDurationInDays: days } });
    await Promise.all([20, 21, 22].map((days) => host.update(id, outs, retention(days))));
    expect(azure.journal().filter(({ status }) => status === 409)).toEqual([]);
  });

  test("a resource group that does not exist is named, and nothing is recorded", async () => {
    const { inputs, failures } = await host.check({}, { ...payroll, resourceGroupName: "rg-none" });
    // The engine does not tell a plugin what the resource waits for, so this run may create the group.
    const said = front === "dynamic" ? failures : host.warnings;
    expect(said).toContainEqual(expect.stringContaining('resource group "rg-none" does not exist'));
    const error: HostError = await host.create(inputs).catch((failure) => failure);
    expect(error.message).toContain("rg-none");
    expect(error.message).toContain("Create the resource group first");
    expect(error.partial).toBeUndefined();
  });

  test("without credentials a new vault is judged as far as possible at preview, and not created", async () => {
    const { ARM_CLIENT_SECRET: _, ...env } = azure.env;
    const writes = azure.writes().length;
    const stranger = await new Host("backupVault", front).start({ ...env, ARM_CLIENT_SECRET: "" });
    try {
      const { inputs, failures } = await stranger.check({}, { ...payroll, crossRegionRestore: "Enabled" });
      expect(failures).toEqual([]);
      expect(stranger.warnings.join("\n")).toContain(`Backup vault "${payroll.vaultName}" could not be read`);
      await expect(stranger.create(inputs)).rejects.toThrow(payroll.vaultName);
      expect(azure.writes()).toHaveLength(writes);
    } finally {
      await stranger.stop();
    }
  });

  test("a wrong client secret is said to be wrong, and is not in the message", async () => {
    const stranger = await new Host("backupVault", front).start({ ...azure.env, ARM_CLIENT_SECRET: "not~the~secret" });
    try {
      const { inputs } = await stranger.check({}, payroll);
      const error: HostError = await stranger.create(inputs).catch((failure) => failure);
      expect(error.message).toContain("AADSTS7000215");
      expect(error.message + stranger.printed + stranger.warnings.join()).not.toContain("not~the~secret");
    } finally {
      await stranger.stop();
    }
  });

  test("a key of another cloud is refused before Azure is asked for it", async () => {
    const identity = azure.createUserAssignedIdentity("rg-payroll", "id-backup").id;
    const { failures } = await host.check(
      {},
      {
        ...payroll,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
        encryption: { keyUri: "https://kv-payroll.vault.azure.cn/keys/backup", identity },
      },
    );
    expect(failures).toEqual([
      expect.stringContaining(
        "encryption.keyUri must be a key in this cloud, under vault.azure.net or managedhsm.azure.net.",
      ),
    ]);
  });

  test("a vault whose encryption Azure left Inconsistent is drift, and the next update sets the key again", async () => {
    const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
    const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll");
    azure.createKey(keyVault.id, "backup");
    azure.grant(keyVault.id, identity.properties.principalId);
    const { id, inputs, outs } = await created({
      ...payroll,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      encryption: { keyUri: "https://kv-payroll.vault.azure.net/keys/backup", identity: identity.id },
    });
    azure.setVault(id, { properties: { securitySettings: { encryptionSettings: { state: "Inconsistent" } } } });

    const read = await host.read(id, outs);
    await host.check(inputs, inputs);
    expect(await host.diff(id, read.props, inputs)).toMatchObject({ changes: true, replaces: [] });
    await host.update(id, read.props, inputs);
    expect(azure.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");
  });

  test("encryption that is disabled goes along as it is, with no identity invented for it", async () => {
    const { id, inputs, outs } = await created();
    azure.setVault(id, { properties: { securitySettings: { encryptionSettings: { state: "Disabled" } } } });
    await host.update(id, outs, { ...inputs, tags: { owner: "wages" } });
    const sent = azure.writes().at(-1);
    expect(sent).toMatchObject({ method: "PATCH" });
    expect(JSON.stringify(sent?.requestBody)).toContain('"encryptionSettings":{"state":"Disabled"}');
  });
});
