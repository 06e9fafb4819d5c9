import { secretMark } from "../../provider/host/secretMark.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { Host, messages, Struct } from "../support/host.js";
import { Monitor, type Registered } from "../support/monitor.js";

type Properties = Record<string, unknown>;

const type = "azure-backup:index:ProtectedWorkload";
const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/bv-payroll";
const workload = {
  dataSource: "AzureDisk",
  backupVault: { vaultName: "bv-payroll", redundancy: "LocallyRedundant" },
  backupPolicy: { policyName: "daily", retention: [{ keep: "P7D" }] },
  backupInstance: { instanceName: "disk", dataSourceId: "disk-1" },
};

let plugin: Host;
const monitors: Monitor[] = [];

beforeAll(async () => {
  plugin = await new Host("backupVault", "plugin").start({});
});

afterAll(async () => {
  await plugin.stop();
  for (const monitor of monitors) monitor.stop();
});

/** As the engine makes them, for a vault that Azure has just made. */
const made = ({ type, name }: Registered): Properties => ({
  ...(type.endsWith("Vault") && { vaultId: `${vault}-${name}` }),
  ...(type.endsWith("Policy") && { policyId: `policy-${name}` }),
  ...(type.endsWith(":ProtectedItem") && { protectionState: "IRPending" }),
  ...(type.endsWith(":BackupInstance") && { instanceId: `instance-${name}`, protectionState: "ProtectionConfigured" }),
});

async function monitor(answer: Monitor["answer"] = made) {
  const started = await new Monitor(answer).start();
  monitors.push(started);
  return started;
}

// biome-ignore lint/suspicious/noExplicitAny: generated
function request({ address }: Monitor, inputs: Properties, name = "payroll"): any {
  const wanted = new messages.ConstructRequest();
  wanted.setType(type);
  wanted.setName(name);
  wanted.setProject("test");
  wanted.setStack("dev");
  wanted.setParallel(16);
  wanted.setMonitorendpoint(address);
  wanted.setInputs(Struct.fromJavaScript(inputs));
  return wanted;
}

const construct = async (wanted: object) => {
  const response = await plugin.call("construct", wanted);
  return { urn: response.getUrn(), state: response.getState().toJavaScript() };
};

const ofType = (registered: Registered[], name: string) => {
  const found = registered.find((each) => each.type === `azure-backup:index:${name}`);
  if (!found) throw new Error(`No ${name} among ${registered.map((each) => each.type)}.`);
  return found;
};

test("a component makes its resources below it, in order, and answers with its outputs", async () => {
  const engine = await monitor();
  const { urn, state } = await construct(request(engine, workload));
  expect(urn).toBe(`urn:pulumi:dev::test::${type}::payroll`);
  expect(state).toEqual({
    vaultId: `${vault}-payroll`,
    policyId: "policy-payroll",
    instanceId: "instance-payroll",
    protectionState: "ProtectionConfigured",
  });
  const [component, ...children] = engine.registered;
  expect(component).toMatchObject({ type, inputs: {} });
  expect(children.map((each) => [each.type.split(":").at(-1), each.parent])).toEqual([
    ["BackupVault", urn],
    ["BackupPolicy", urn],
    ["BackupInstance", urn],
  ]);
  expect(ofType(children, "BackupVault").inputs).toMatchObject({
    ...workload.backupVault,
    identity: { type: "SystemAssigned" },
    __program: { argument: "backupVault" },
  });
  expect(ofType(children, "BackupPolicy").inputs).toMatchObject({
    ...workload.backupPolicy,
    vault: `${vault}-payroll`,
    dataSource: "AzureDisk",
  });
  expect(ofType(children, "BackupInstance").inputs).toMatchObject({
    ...workload.backupInstance,
    policyId: "policy-payroll",
    grantRoles: true,
    __program: { isDeployment: true },
  });
});

test("a vault and a policy that exist are not made", async () => {
  const engine = await monitor();
  const { dataSource, backupInstance } = workload;
  const existing = { vault, policyId: `${vault}/backupPolicies/daily`, dataSource, backupInstance };
  const { state } = await construct(request(engine, existing));
  expect(engine.registered.map((each) => each.type.split(":").at(-1))).toEqual(["ProtectedWorkload", "BackupInstance"]);
  expect(state).toMatchObject({ vaultId: vault, policyId: existing.policyId });
});

test("a Recovery Services vault, its policy and a protected item are made alike", async () => {
  const engine = await monitor();
  const machine = {
    dataSource: "VM",
    recoveryServicesVault: { vaultName: "rsv-payroll" },
    recoveryServicesBackupPolicy: { policyName: "daily" },
    protectedItem: { sourceResourceId: "vm-1" },
  };
  const { urn, state } = await construct(request(engine, machine));
  const [, ...children] = engine.registered;
  expect(children.map((each) => [each.type.split(":").at(-1), each.parent])).toEqual([
    ["RecoveryServicesVault", urn],
    ["RecoveryServicesBackupPolicy", urn],
    ["ProtectedItem", urn],
  ]);
  expect(ofType(children, "RecoveryServicesBackupPolicy").inputs).toMatchObject({
    policyName: "daily",
    vault: `${vault}-payroll`,
    dataSource: "VM",
  });
  const { inputs } = ofType(children, "ProtectedItem");
  expect(inputs).toMatchObject({
    sourceResourceId: "vm-1",
    vault: `${vault}-payroll`,
    policyId: "policy-payroll",
    __program: { isDeployment: true },
  });
  expect(inputs).not.toHaveProperty("dataSource");
  expect(state).toEqual({
    vaultId: `${vault}-payroll`,
    policyId: "policy-payroll",
    instanceId: "id-payroll",
    protectionState: "IRPending",
  });
});

test("the program's options reach the component and its resources", async () => {
  const engine = await monitor();
  const [parent, other] = [
    "urn:pulumi:dev::test::group:index:Group::group",
    "urn:pulumi:dev::test::disk:index:Disk::disk",
  ];
  const provider = "urn:pulumi:dev::test::pulumi:providers:azure-backup::mine::id";
  const wanted = request(engine, workload);
  wanted.setParent(parent);
  wanted.setDependenciesList([other]);
  wanted.setProtect(true);
  wanted.getProvidersMap().set("azure-backup", provider);
  const alias = new (require("@pulumi/pulumi/proto/alias_pb").Alias)();
  alias.setUrn("urn:pulumi:dev::test::other:index:Workload::payroll");
  wanted.setAliasesList([alias]);
  await construct(wanted);
  expect(engine.registered[0]).toMatchObject({ type, parent, aliases: [alias.getUrn()] });
  for (const each of engine.registered) {
    expect(each).toMatchObject({ protect: true, dependencies: expect.arrayContaining([other]) });
    if (each.type !== type) expect(each.provider).toBe(provider);
  }
});

test("secret, unknown and dependent values stay what they are, where they are", async () => {
  const engine = await monitor();
  const [signature, output] = ["4dabf18193072939515e22adb298388d", "d0e6a833031e9bbcd3f4e8bde6ca49a4"];
  const disk = "urn:pulumi:dev::test::disk:index:Disk::disk";
  const wanted = request(engine, {
    ...workload,
    backupVault: { ...workload.backupVault, tags: { owner: secretMark("hunter2"), team: "payroll" } },
    backupInstance: {
      instanceName: unknownSentinel,
      dataSourceId: { [signature]: output, value: "disk-1", secret: true, dependencies: [disk] },
      friendlyName: { [signature]: output, dependencies: [disk] },
    },
  });
  wanted.setDryrun(true);
  await construct(wanted);
  expect(ofType(engine.registered, "BackupVault").inputs.tags).toEqual({
    owner: secretMark("hunter2"),
    team: "payroll",
  });
  const instance = ofType(engine.registered, "BackupInstance");
  expect(instance.dependencies).toContain(disk);
  expect(instance.inputs).toMatchObject({
    instanceName: unknownSentinel,
    dataSourceId: secretMark("disk-1"),
    friendlyName: unknownSentinel,
    __program: { argument: "backupInstance", waitsForNew: true },
  });
});

test("what an argument depends on is known without output values as well", async () => {
  const engine = await monitor();
  const disk = "urn:pulumi:dev::test::disk:index:Disk::disk";
  const wanted = request(engine, workload);
  const urns = new messages.ConstructRequest.PropertyDependencies();
  urns.setUrnsList([disk]);
  wanted.getInputdependenciesMap().set("backupInstance", urns);
  await construct(wanted);
  expect(ofType(engine.registered, "BackupInstance").dependencies).toContain(disk);
  expect(ofType(engine.registered, "BackupPolicy").dependencies).not.toContain(disk);
});

test("many are made at once, each with its own engine and configuration, and one that fails leaves the others alone", async () => {
  const engines = await Promise.all([..."abcdef"].map(() => monitor()));
  const refusing = await monitor((each) => (each.type.endsWith("Policy") ? new Error("not allowed") : made(each)));
  const failed = construct(request(refusing, workload, "refused")).then(
    () => "made",
    ({ message }: Error) => message,
  );
  const all = await Promise.all(engines.map((engine, index) => construct(request(engine, workload, `disk-${index}`))));
  expect(await failed).toBe(
    "failed to register new resource refused [azure-backup:index:BackupPolicy]: 2 UNKNOWN: not allowed",
  );
  for (const [index, { state }] of all.entries()) {
    expect(state).toMatchObject({ instanceId: `instance-disk-${index}` });
    expect(engines[index]?.registered.map(({ name }) => name)).toEqual(Array(4).fill(`disk-${index}`));
  }
  expect(await construct(request(await monitor(), workload))).toMatchObject({ state: { policyId: "policy-payroll" } });
});

test("wrong arguments and an unknown component are answered in a sentence, without a stack trace", async () => {
  const engine = await monitor();
  const failure = (wanted: object) => construct(wanted).then(String, ({ message }: Error) => message);
  expect(await failure(request(engine, { ...workload, vault, backupInstance: unknownSentinel }))).toBe(
    'ProtectedWorkload "payroll": vault and backupVault exclude each other: keep one of them.\n' +
      'ProtectedWorkload "payroll": backupInstance must be an object. Its values may be outputs, but not the object itself.',
  );
  const unknown = request(engine, workload);
  unknown.setType("azure-backup:index:ProtectedGalaxy");
  expect(await failure(unknown)).toBe(
    "This version of the plugin does not know the component azure-backup:index:ProtectedGalaxy.",
  );
  expect(engine.registered).toEqual([]);
});

test.each(["cancel", "terminate"] as const)("%s ends the components that are being made", async (way) => {
  const host = await new Host("backupVault", "plugin").start({});
  try {
    const engine = await monitor((each) => (each.type === type ? {} : undefined));
    const outcome = host.call("construct", request(engine, workload)).then(String, ({ message }: Error) => message);
    while (engine.registered.length < 2) await new Promise((later) => setTimeout(later, 20));
    await host[way]();
    expect(await outcome).toBe("The run ended before this component was complete.");
  } finally {
    await host.stop();
  }
});
