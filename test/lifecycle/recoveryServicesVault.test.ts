import { type Emulator, startEmulator } from "../../emulator/index.js";
import { connect } from "../../provider/azure/index.js";
import { beginRun } from "../../provider/host/run.js";
import { type Lifecycle, serve } from "../../provider/host/serve.js";
import { encryptionSettings } from "../../provider/lifecycle/encryptionSettings.js";
import { identityAssignment } from "../../provider/lifecycle/identityAssignment.js";
import { recoveryServicesVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { created, oneRun } from "../support/oneRun.js";

const groupName = "rg-machines";
const writes: string[] = [];
let emulator: Emulator;
let warnings: string[];

beforeAll(async () => {
  emulator = await startEmulator({
    trust: true,
    onRequest({ method, path }) {
      if (method !== "GET" && !path.includes("/oauth2/"))
        writes.push(`${method} ${path.split("?")[0]?.split("/").at(-1)}`);
    },
  });
  emulator.createResourceGroup(groupName);
});
afterAll(() => emulator.close());
beforeEach(() => {
  warnings = [];
  writes.length = 0;
});

const handlers = (lifecycle: Lifecycle = recoveryServicesVault) => {
  const azure = connect(() => undefined, emulator.env);
  const warn = async (message: string) => void warnings.push(message);
  return serve(lifecycle, { warn, setting: () => undefined, env: emulator.env, azure: () => azure, run: beginRun() });
};

type Arguments = Record<string, unknown>;

const program = (vaultName: string, more: Arguments = {}): Arguments => ({
  vaultName,
  resourceGroupName: groupName,
  location: "westeurope",
  ...more,
});

const idOf = (vaultName: string) =>
  `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}/providers/Microsoft.RecoveryServices/vaults/${vaultName}`;

/** As the engine does it: check, then create. Fails where the check does. */
async function deploy(news: Arguments) {
  const { inputs, failures } = await handlers().check({}, news);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return handlers().create(inputs);
}

/** As the engine does it: check against the old inputs, diff, update. */
async function redeploy(id: string, state: Arguments, news: Arguments) {
  const before = (await handlers().check(inputsOf(state), state && inputsOf(state))).inputs;
  const { inputs, failures } = await handlers().check(before, news);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  const { changes } = await handlers().diff(id, state, inputs);
  return changes ? (await handlers().update(id, state, inputs)).outs : state;
}

const inputsOf = ({
  principalId: _,
  tenantId: _1,
  provisioningState: _2,
  secureScore: _3,
  bcdrSecurityLevel: _4,
  ...rest
}: Arguments) => {
  const { backupStorageVersion: _5, privateEndpointStateForBackup: _6, ...more } = rest;
  const { privateEndpointStateForSiteRecovery: _7, multiUserAuthorization: _8, ...inputs } = more;
  return inputs;
};

const userAssigned = () => {
  const id = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-machines`;
  return emulator.arm("PUT", id, { location: "westeurope" }).body as {
    id: string;
    properties: { principalId: string };
  };
};

function keyFor(principalId: string, name = "kv-machines"): string {
  const store = emulator.createKeyVault(groupName, name);
  const key = emulator.createKey(store.id, "backup");
  emulator.grant(store.id, principalId);
  return key.replace(/\/[0-9a-f]{32}$/, "");
}

test("an immutable vault is given the type of its immutability with its state, and another one none", async () => {
  const immutabilityOf = async (vaultName: string, immutability: string) => {
    const { id } = await deploy(program(vaultName, { immutability }));
    return emulator.vault(id)?.properties.securitySettings?.immutabilitySettings;
  };
  const configuration = { type: "AsPerPolicy" };
  expect(await immutabilityOf("rsv-locked", "Locked")).toEqual({ state: "Locked", configuration });
  expect(await immutabilityOf("rsv-mutable", "Disabled")).toEqual({ state: "Disabled" });
});

test("the type and the duration of an immutable vault change together, and go with its immutability", async () => {
  const news = (more: Arguments) => program("rsv-days", more);
  const timeBased = { type: "TimeBased", durationInDays: 60 };
  const { id, outs } = await deploy(news({ immutability: "Unlocked", immutabilityConfiguration: timeBased }));
  const settings = () => emulator.vault(id)?.properties.securitySettings.immutabilitySettings;
  expect(settings()).toEqual({ state: "Unlocked", configuration: timeBased });
  const asPerPolicy = { type: "AsPerPolicy" };
  const next = await redeploy(
    id,
    outs as Arguments,
    news({ immutability: "Unlocked", immutabilityConfiguration: asPerPolicy }),
  );
  expect(settings()).toEqual({ state: "Unlocked", configuration: asPerPolicy });
  await redeploy(id, next as Arguments, news({ immutability: "Disabled" }));
  expect(settings()).toEqual({ state: "Disabled" });
});

test("what Azure's specification says of an immutable vault's duration is refused before anything is written", async () => {
  const refused = async (immutability: string, immutabilityConfiguration: Arguments) => {
    const news = program("rsv-refused", { immutability, immutabilityConfiguration });
    return (await handlers().check({}, news)).failures.map(({ reason }) => reason);
  };
  const ofDuration = [expect.stringMatching(/^rsv-immutability-duration: .*azure-rest-api-specs/)];
  expect(await refused("Unlocked", { type: "TimeBased" })).toEqual(ofDuration);
  expect(await refused("Unlocked", { type: "TimeBased", durationInDays: 29 })).toEqual(ofDuration);
  expect(await refused("Unlocked", { type: "AsPerPolicy", durationInDays: 60 })).toEqual(ofDuration);
  expect(await refused("Disabled", { type: "AsPerPolicy" })).toEqual([
    expect.stringMatching(/^rsv-immutability-configuration-unused: .*To override/),
  ]);
  expect(writes).toEqual([]);
});

test("a vault with every argument is created in the steps that Azure wants, and refreshes without a difference", async () => {
  const identity = userAssigned();
  const news = program("rsv-all", {
    sku: { name: "Standard" },
    identity: { type: "SystemAssigned, UserAssigned", userAssignedIdentities: [identity.id] },
    redundancy: "GeoRedundant",
    crossRegionRestore: "Enabled",
    encryption: {
      keyUri: keyFor(identity.properties.principalId),
      identity: identity.id,
      infrastructureEncryption: "Enabled",
    },
    softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 },
    immutability: "Locked",
    immutabilityConfiguration: { type: "AsPerPolicy" },
    crossSubscriptionRestore: "PermanentlyDisabled",
    publicNetworkAccess: "Disabled",
    alertsForAllJobFailures: "Enabled",
    alertsForAllReplicationIssues: "Disabled",
    alertsForAllFailoverIssues: "Enabled",
    classicAlerts: { alertsForCriticalOperations: "Disabled" },
    costManagementGranularity: "VaultLevel",
    tags: { team: "payroll" },
  });
  const { id, outs } = await deploy(news);
  expect(id).toBe(idOf("rsv-all"));
  expect(writes).toEqual(["PUT rsv-all", "PATCH rsv-all"]);
  const vault = emulator.vault(id);
  expect(vault).toMatchObject({
    sku: { name: "Standard", tier: "Standard" },
    identity: { type: "SystemAssigned, UserAssigned" },
    tags: { team: "payroll" },
    properties: {
      provisioningState: "Succeeded",
      publicNetworkAccess: "Disabled",
      redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore: "Enabled" },
      securitySettings: {
        softDeleteSettings: {
          softDeleteState: "AlwaysON",
          enhancedSecurityState: "AlwaysON",
          softDeleteRetentionPeriodInDays: 30,
        },
        immutabilitySettings: { state: "Locked", configuration: { type: "AsPerPolicy" } },
      },
      restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "PermanentlyDisabled" } },
      encryption: { kekIdentity: { userAssignedIdentity: identity.id }, infrastructureEncryption: "Enabled" },
      monitoringSettings: {
        azureMonitorAlertSettings: {
          alertsForAllJobFailures: "Enabled",
          alertsForAllReplicationIssues: "Disabled",
          alertsForAllFailoverIssues: "Enabled",
        },
        classicAlertSettings: { alertsForCriticalOperations: "Disabled" },
      },
      costManagementSettings: { granularityLevel: "VaultLevel" },
    },
  });
  expect(outs).toMatchObject({ provisioningState: "Succeeded", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(warnings.map((warning) => warning.split(":")[0])).toEqual([
    "rsv-one-way-change",
    "rsv-one-way-change",
    "rsv-one-way-change",
    "rsv-one-way-change",
    "rsv-cmk-with-crr",
    "rsv-classic-alerts",
  ]);

  const read = await handlers().read(id, outs);
  expect(read.inputs).toEqual(inputsOf(outs));
  writes.length = 0;
  expect(await redeploy(id, outs, news)).toBe(outs);
  expect(writes).toEqual([]);
});

test("Locked is reached through Unlocked, in one update", async () => {
  const news = program("rsv-lock");
  const { id, outs } = await deploy(news);
  writes.length = 0;
  await redeploy(id, outs, { ...news, immutability: "Locked" });
  expect(writes).toEqual(["PATCH rsv-lock", "PATCH rsv-lock"]);
  expect(emulator.vault(id)?.properties.securitySettings.immutabilitySettings.state).toBe("Locked");
});

test("the sku goes by PUT, and the key of the vault with it", async () => {
  const identity = userAssigned();
  const keyUri = keyFor(identity.properties.principalId, "kv-sku");
  const news = program("rsv-sku", {
    sku: { name: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    encryption: { keyUri, identity: identity.id },
  });
  const { id, outs } = await deploy(news);
  writes.length = 0;
  await redeploy(id, outs, { ...news, sku: { name: "RS0" } });
  expect(writes).toEqual(["PUT rsv-sku"]);
  expect(emulator.vault(id)).toMatchObject({
    sku: { name: "RS0" },
    properties: { encryption: { kekIdentity: { userAssignedIdentity: identity.id } } },
  });
});

test("a user-assigned identity leaves a vault, and the other one stays", async () => {
  const identity = userAssigned();
  const news = program("rsv-identities", {
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity.id] },
  });
  const { id, outs } = await deploy(news);
  await redeploy(id, outs, { ...news, identity: { type: "SystemAssigned" } });
  expect(emulator.vault(id)?.identity.type).toBe("SystemAssigned");
  expect(warnings.join()).toContain("rsv-identity-narrowed");
});

test("redundancy changes while nothing is registered, and then no more", async () => {
  const news = program("rsv-redundancy", { redundancy: "GeoRedundant" });
  const { id, outs } = await deploy(news);
  const local = await redeploy(id, outs, { ...news, redundancy: "LocallyRedundant" });
  emulator.register(id, "files");
  writes.length = 0;
  await expect(redeploy(id, local, { ...news, redundancy: "ZoneRedundant" })).rejects.toThrow(
    'rsv-redundancy-after-registration: Recovery Services vault "rsv-redundancy" cannot change redundancy from LocallyRedundant to ZoneRedundant.',
  );
  expect(writes).toEqual([]);
});

test("arguments that leave the program go back to Azure's defaults, or say that they stay", async () => {
  const news = program("rsv-removed");
  const set = { redundancy: "LocallyRedundant", publicNetworkAccess: "Disabled", alertsForAllJobFailures: "Enabled" };
  const { id, outs } = await deploy({ ...news, ...set });
  await redeploy(id, outs, news);
  expect(emulator.vault(id)?.properties).toMatchObject({
    redundancySettings: { standardTierStorageRedundancy: "GeoRedundant" },
    publicNetworkAccess: "Enabled",
    monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
  });
  expect(warnings).toEqual([expect.stringContaining("`alertsForAllJobFailures` is no longer set.")]);
});

test("a vault whose system-assigned identity would access its key is refused before it is created, and made in two updates", async () => {
  const news = program("rsv-system-key", { identity: { type: "SystemAssigned" } });
  const store = emulator.createKeyVault(groupName, "kv-system-key");
  const keyUri = emulator.createKey(store.id, "backup").replace(/\/[0-9a-f]{32}$/, "");
  const keyed = { ...news, encryption: { keyUri, identity: "SystemAssigned" } };
  await expect(deploy(keyed)).rejects.toThrow(/^rsv-cmk-system-identity-at-create: /);
  expect(writes).toEqual([]);
  const { id, outs } = await deploy(news);
  emulator.grant(store.id, (outs as { principalId: string }).principalId);
  await redeploy(id, outs, keyed);
  expect(emulator.vault(id)?.properties.encryption.kekIdentity.useSystemAssignedIdentity).toBe(true);
});

test("the key comes before anything is registered", async () => {
  const identity = userAssigned();
  const encryption = { keyUri: keyFor(identity.properties.principalId, "kv-late"), identity: identity.id };
  const news = program("rsv-late", { identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] } });
  const { id, outs } = await deploy(news);
  emulator.protectVm(id, { name: "vm-1" });
  await expect(redeploy(id, outs, { ...news, encryption })).rejects.toThrow(/^rsv-cmk-after-registration: .*vm-1/);
});

test.each<[what: string, name: string, fill: (id: string) => void, says: string]>([
  ["a protected machine", "rsv-item", (id) => emulator.protectVm(id, { name: "vm-1" }), "1 protected item: vm-1"],
  ["a storage account", "rsv-files", (id) => emulator.register(id, "archive"), "1 registered container: archive"],
  [
    "a replicated item",
    "rsv-site",
    (id) => emulator.addReplicatedItem(id, "vm-2"),
    "1 item replicated by Site Recovery",
  ],
  [
    "a private endpoint",
    "rsv-link",
    (id) => emulator.addPrivateEndpoint(id, "to-hub"),
    "1 private endpoint connection: to-hub",
  ],
])("a vault with %s is not deleted, and says why", async (_, name, fill, says) => {
  const { id, outs } = await deploy(program(name));
  fill(id);
  writes.length = 0;
  await expect(handlers().delete(id, outs)).rejects.toThrow(says);
  expect(writes).toEqual([]);
});

test("an empty vault is deleted, and may be made again at once under its name", async () => {
  const { id, outs } = await deploy(program("rsv-again"));
  await handlers().delete(id, outs);
  expect(emulator.vault(id)).toBeUndefined();
  expect((await deploy(program("rsv-again"))).id).toBe(id);
});

test("a vault that exists is taken over only when that is asked for", async () => {
  await deploy(program("rsv-there"));
  await expect(deploy(program("rsv-there"))).rejects.toThrow(
    'Recovery Services vault "rsv-there" already exists in resource group "rg-machines".',
  );
  const { outs } = await deploy(program("rsv-there", { adopt: true, publicNetworkAccess: "Disabled" }));
  expect(outs).toMatchObject({ publicNetworkAccess: "Disabled", provisioningState: "Succeeded" });
});

test("all that is wrong with the arguments is said at once, before Azure is asked", async () => {
  const { failures } = await handlers().check(
    {},
    program("1-rsv", { softDelete: { state: "Off", retentionDurationInDays: 13 }, redundancy: "Geo", surprise: 1 }),
  );
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/"1-rsv": unknown argument "surprise"\. Valid arguments: vaultName, .*, timeouts\.$/),
    expect.stringContaining(
      'softDelete.state must be AlwaysON (Azure no longer accepts Disabled or Enabled on new vaults); it is "Off".',
    ),
    expect.stringContaining(
      'redundancy must be LocallyRedundant, ZoneRedundant or GeoRedundant; it is "Geo"; did you mean "GeoRedundant"?',
    ),
    expect.stringContaining("rsv-name-invalid"),
    expect.stringContaining("rsv-retention-out-of-range"),
  ]);
});

test("identity and key of a vault can be resources of their own", async () => {
  const { id: vault } = await deploy(program("rsv-apart"));
  const assign = handlers(identityAssignment);
  const assigned = await assign.create((await assign.check({}, { vault, identity: "SystemAssigned" })).inputs);
  const keyUri = keyFor(String(assigned.outs.principalId), "kv-apart");
  const encrypt = handlers(encryptionSettings);
  const wanted = { vault, keyUri, identity: "SystemAssigned" };
  const { inputs, failures } = await encrypt.check({}, wanted);
  expect(failures).toEqual([]);
  const settings = await encrypt.create(inputs);
  expect(settings.outs).toMatchObject({ state: "Enabled", keyUri });
  expect(emulator.vault(vault)?.properties.encryption.kekIdentity.useSystemAssignedIdentity).toBe(true);

  expect((await encrypt.read(settings.id, settings.outs)).inputs).toEqual(inputs);
  writes.length = 0;
  await encrypt.update(settings.id, settings.outs, inputs);
  await expect(encrypt.delete(settings.id, settings.outs)).rejects.toThrow(
    'rsv-cmk-removed: Recovery Services vault "rsv-apart" cannot change encryption from Enabled to unset.',
  );
  await expect(assign.delete(assigned.id, assigned.outs)).rejects.toThrow("rsv-kek-identity-removed");
  expect(writes).toEqual([]);
});

test("an inline identity goes over to a resource of its own, and back, without a write", async () => {
  const [apart, inline] = [program("rsv-over"), program("rsv-over", { identity: { type: "SystemAssigned" } })];
  const vault = await created(oneRun(emulator).recoveryServicesVault, inline);
  writes.length = 0;

  // The vault is told by the program what is set apart of it, as Pulumi passes it on.
  const over = oneRun(emulator);
  const checked = await over.recoveryServicesVault.check(vault.inputs, {
    ...apart,
    externallyManaged: ["identity"],
  });
  expect(checked.failures).toEqual([]);
  const { outs } = await over.recoveryServicesVault.update(vault.id, vault.outs, checked.inputs);
  const assigned = await created(over.identityAssignment, { vault: vault.id, identity: "SystemAssigned" });
  expect(writes).toEqual([]);
  expect(assigned.outs.principalId).toBe(emulator.vault(vault.id)?.identity.principalId);

  const back = oneRun(emulator);
  const again = await back.recoveryServicesVault.check(checked.inputs, inline);
  expect(again.failures).toEqual([]);
  await back.recoveryServicesVault.update(vault.id, outs, again.inputs);
  await back.identityAssignment.delete(assigned.id, assigned.outs);
  expect(writes).toEqual([]);
  expect(emulator.vault(vault.id)?.identity.type).toBe("SystemAssigned");
});

test("an inline identity that nothing takes over leaves the vault", async () => {
  const vault = await created(
    oneRun(emulator).recoveryServicesVault,
    program("rsv-left", { identity: { type: "SystemAssigned" } }),
  );
  const next = oneRun(emulator);
  const { inputs, failures } = await next.recoveryServicesVault.check(vault.inputs, program("rsv-left"));
  expect(failures).toEqual([]);
  await next.recoveryServicesVault.update(vault.id, vault.outs, inputs);
  expect(emulator.vault(vault.id)?.identity?.type ?? "None").toBe("None");
});
