import { type Emulator, startEmulator } from "../../emulator/index.js";
import { connect } from "../../provider/azure/index.js";
import { overviewOf, type VaultOverview } from "../../provider/overview/index.js";
import { type Reply, type ScriptedAzure, scriptedAzure } from "../azure/scriptedAzure.js";
import { created, oneRun } from "../support/oneRun.js";

/*
 * Azure compares the values of its enumerations without case, and shows some in another one than its specification has. What is backed up
 * is the same then.
 */

type Values = Record<string, unknown>;
type Handler = "backupInstance" | "protectedItem";
interface Made {
  handler: Handler;
  args: Values;
  id: string;
  outs: Values;
}

let emulator: Emulator;
let azure: ScriptedAzure;
let spell: (value: string) => string;
let made: Record<string, Made>;

const group = () => `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const inGroup = (path: string) => `${group()}/providers/${path}`;

/** The members of instances and items that are of an enumeration, or a type. */
const enumerated = [
  ...["currentProtectionState", "protectionState", "status", "provisioningState", "objectType", "dataStoreType"],
  ...["mode", "type", "includedVolumeTypes", "datasourceType", "protectedItemType", "backupManagementType"],
];

/** The same answer with them in another case. */
function respelled(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => respelled(each, name));
  if (typeof value === "string") return enumerated.includes(name) ? spell(value) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, respelled(each, key)]));
}

beforeAll(async () => {
  emulator = await startEmulator({ trust: true });
  emulator.createResourceGroup("rg-payroll");
  azure = await scriptedAzure(({ method, url, body: sent }): Reply => {
    const { status, body } = emulator.arm(method, decodeURIComponent(url), sent ? JSON.parse(sent) : undefined);
    const isShown = method === "GET" && /backupInstances|[pP]rotectedItems|backupPolicies/.test(url);
    return { status, body: isShown ? respelled(body) : body };
  });
  const vault = inGroup("Microsoft.DataProtection/backupVaults/bv-payroll");
  emulator.arm("PUT", vault, {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  });
  const account = inGroup("Microsoft.Storage/storageAccounts/backups");
  const cluster = emulator.createManagedCluster("rg-payroll", "aks");
  const { properties } = emulator.installBackupExtension(cluster.id, account);
  emulator.grant(account, properties.aksAssignedIdentity.principalId, "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
  const instance = async (name: string, dataSource: string, source: string, more: object): Promise<Made> => {
    const policy = { vault, policyName: name, dataSource, retention: [{ keep: "P7D" }] };
    const schedule = { every: dataSource === "AzureBlob" ? "P1W" : "P1D", at: "02:00" };
    const on = dataSource === "AzureBlob" && { on: ["Sunday"] };
    const { id: policyId } = await created(oneRun(emulator).backupPolicy, {
      ...policy,
      schedule: { ...schedule, ...on },
    });
    const named = { vault, instanceName: name, dataSource, dataSourceId: inGroup(source), policyId };
    const args = { ...named, grantRoles: true, ...more };
    return { handler: "backupInstance", args, ...(await created(oneRun(emulator).backupInstance, args)) };
  };
  const snapshotResourceGroupId = group();
  const recovery = inGroup("Microsoft.RecoveryServices/vaults/rsv-payroll");
  emulator.arm("PUT", recovery, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  emulator.vault(recovery);
  const machine = {
    vault: recovery,
    sourceResourceId: inGroup("Microsoft.Compute/virtualMachines/vm-payroll"),
    policyId: `${recovery}/backupPolicies/DefaultPolicy`,
  };
  made = {
    "a disk": await instance("disk", "AzureDisk", "Microsoft.Compute/disks/disk", { snapshotResourceGroupId }),
    containers: await instance("blobs", "AzureBlob", "Microsoft.Storage/storageAccounts/blobs", {
      containers: ["invoices"],
    }),
    "all containers": await instance("all", "AzureBlob", "Microsoft.Storage/storageAccounts/all", {
      autoProtectionSettings: { enabled: true, rules: [{ mode: "Exclude", type: "Prefix", pattern: "temp-" }] },
    }),
    "a cluster": await instance("aks", "AzureKubernetesService", "Microsoft.ContainerService/managedClusters/aks", {
      snapshotResourceGroupId,
      backupConfiguration: {
        snapshotVolumes: true,
        includeClusterScopeResources: true,
        includedVolumeTypes: ["AzureDisk"],
      },
    }),
    "a machine": {
      handler: "protectedItem",
      args: machine,
      ...(await created(oneRun(emulator).protectedItem, machine)),
    },
  };
});
afterAll(async () => {
  await azure.close();
  await emulator.close();
});

const spellings: Record<string, (value: string) => string> = {
  "lower case": (value) => value.toLowerCase(),
  "upper case": (value) => value.toUpperCase(),
  "a small first letter": (value) => value.charAt(0).toLowerCase() + value.slice(1),
};

const rows = ["a disk", "containers", "all containers", "a cluster", "a machine"].flatMap((what) =>
  Object.keys(spellings).map((how) => [what, how] as const),
);

const given = (what: string, how: string): Made => {
  spell = spellings[how] ?? String;
  return made[what] as Made;
};

test.each(rows)("%s: a refresh in %s shows no change, and an update sends nothing", async (what, how) => {
  const { handler, args, id, outs } = given(what, how);
  const { inputs: _, props = {} } = await oneRun(azure)[handler].read(id, outs);
  expect(props).toEqual(outs);
  const run = oneRun(azure)[handler];
  const { inputs, failures } = await run.check(props, args);
  expect(failures).toEqual([]);
  expect(await run.diff(id, props, inputs)).toMatchObject({ changes: false, replaces: [] });
  const writes = emulator.writes().length;
  await run.update(id, { ...props, protectionState: "Unknown" }, inputs);
  expect(emulator.writes()).toHaveLength(writes);
});

test.each(rows)("%s: its import in %s is the same, and so is its adoption", async (what, how) => {
  const { handler, args, id } = given(what, how);
  const { inputs = {}, props = {} } = await oneRun(azure)[handler].read(id, {});
  const plain = await oneRun(emulator)[handler].read(id, {});
  expect({ inputs, state: props.protectionState }).toEqual({
    inputs: plain.inputs,
    state: plain.props?.protectionState,
  });
  const writes = emulator.writes().length;
  await created(oneRun(azure)[handler], { ...args, adopt: true });
  expect(emulator.writes()).toHaveLength(writes);
});

test.each(rows)("%s: a state that was recorded in %s is the same one", async (what, how) => {
  const { handler, args, id, outs } = given(what, how);
  const recorded = { ...outs, protectionState: spell(String(outs.protectionState)) };
  const run = oneRun(azure)[handler];
  const { inputs } = await run.check(recorded, args);
  expect(await run.diff(id, recorded, inputs)).toMatchObject({ changes: false });
});

test.each(Object.keys(spellings))("blobs of a policy whose data store is in %s need containers", async (how) => {
  const { args } = given("containers", how);
  const { containers: _, ...others } = args;
  const dataSourceId = inGroup("Microsoft.Storage/storageAccounts/others");
  const { failures } = await oneRun(azure).backupInstance.check({}, { ...others, instanceName: "new", dataSourceId });
  expect(failures.map(({ reason }) => reason).join()).toContain("containers is missing");
});

test.each(rows)("%s: an overview of its vault in %s says the same", async (what, how) => {
  const { args } = given(what, how);
  const [shown, plain] = await Promise.all(
    [azure, emulator].map(({ env }) =>
      overviewOf(
        connect(() => undefined, { ...env }),
        String(args.vault),
        { deadline: Date.now() + 30_000 },
      ),
    ),
  );
  const states = (vault: VaultOverview | undefined) => vault?.dataSources?.map(({ state }) => state);
  expect(states(plain)?.length).toBeGreaterThan(0);
  expect(states(shown)).toEqual(states(plain));
});
