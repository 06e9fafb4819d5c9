import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { oneRun } from "../support/oneRun.js";

/**
 * One backup instance on its way: a program that changes it and removes it, others who change it and its vault, in any order.
 * Whatever the emulator refuses, the plan has refused or has said before; what it does not refuse, is as the program says.
 */

let azure: Emulator;
let worlds = 0;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg");
  azure.arm("PUT", guard(), { location: "westeurope", properties: {} });
  azure.arm("PUT", lenient(), {
    location: "westeurope",
    properties: {
      vaultCriticalOperationExclusionList: ["write", "delete"].map(
        (name) => `Microsoft.DataProtection/backupVaults/backupInstances/${name}`,
      ),
    },
  });
});
afterAll(() => azure.close());

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg`;
const guard = () => `${group()}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const lenient = () => `${guard()}-lenient`;
const policies = ["operational", "vaulted"] as const;

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant("apply" as const),
        policy: fc.constantFrom(...policies),
        onDelete: fc.constantFrom("delete", "stopProtectionRetainData", "suspend", undefined),
        friendlyName: fc.constantFrom("a", "b", undefined),
        adopt: fc.boolean(),
        undelete: fc.boolean(),
        isNamed: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("remove" as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant("others" as const),
        what: fc.constantFrom(
          "stop",
          "suspend",
          "delete",
          "guard",
          "guard",
          "lenient guard",
          "no guard",
          "immutable",
          "mutable",
          "soft delete off",
        ),
      }),
    },
  ),
  { minLength: 2, maxLength: 8 },
);
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

interface Recorded {
  id: string;
  inputs: Record<string, unknown>;
  outs: Record<string, unknown>;
}

function newWorld() {
  worlds += 1;
  const vault = `${group()}/providers/Microsoft.DataProtection/backupVaults/bv-${worlds}`;
  const body = {
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  };
  azure.arm("PUT", `${vault}?api-version=2025-07-01`, body);
  const role = "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1";
  azure.grant(group(), azure.vault(vault)?.identity?.principalId, role);
  const store = { operational: "OperationalStore", vaulted: "VaultStore" };
  for (const name of policies) {
    const lifecycle = {
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
      sourceDataStore: { dataStoreType: store[name], objectType: "DataStoreInfoBase" },
      targetDataStoreCopySettings: [],
    };
    const rule = { name: "Default", objectType: "AzureRetentionRule", isDefault: true, lifecycles: [lifecycle] };
    const datasourceTypes = ["Microsoft.Storage/storageAccounts/blobServices"];
    const properties = { objectType: "BackupPolicy", datasourceTypes, policyRules: [rule] };
    azure.arm("PUT", `${vault}/backupPolicies/${name}`, { properties });
  }
  return {
    vault,
    id: `${vault}/backupInstances/blobs`,
    source: `${group()}/providers/Microsoft.Storage/storageAccounts/st${worlds}`,
  };
}
type World = ReturnType<typeof newWorld>;

function others({ vault, id }: World, what: string): void {
  const secure = (settings: object) => azure.setVault(vault, { properties: { securitySettings: settings } });
  const proxy = `${vault}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const associate = (resourceGuardResourceId: string) =>
    azure.arm("PUT", proxy, { properties: { resourceGuardResourceId } });
  const unguard = () => {
    const asked = [guard(), lenient()].map((each) => `${each}/deleteResourceGuardProxyRequests/default`);
    azure.arm("POST", `${proxy}/unlockDelete`, { resourceGuardOperationRequests: asked });
    azure.arm("DELETE", proxy);
  };
  const acts: Record<string, () => unknown> = {
    stop: () => azure.arm("POST", `${id}/stopProtection`),
    suspend: () => azure.arm("POST", `${id}/suspendBackups`),
    delete: () => azure.arm("DELETE", id),
    guard: () => associate(guard()),
    "lenient guard": () => associate(lenient()),
    "no guard": unguard,
    immutable: () => secure({ immutabilitySettings: { state: "Unlocked" } }),
    mutable: () => secure({ immutabilitySettings: { state: "Disabled" } }),
    "soft delete off": () => secure({ softDeleteSettings: { state: "Off" } }),
  };
  acts[what]?.();
  // What was begun has ended.
  azure.vault(vault);
}

/** How often each came out, so that the walk does not go in circles. */
const outcomes = {
  created: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  "refused by the plan": 0,
  "refused while it is done": 0,
};

const isOfAzure = (message: string) => /\(\w+, HTTP \d+/.test(message);

/** `pulumi up --refresh`: otherwise, what others did is not noticed. */
async function refreshed({ id: of, outs: had }: Recorded): Promise<Recorded | undefined> {
  const { id, props = {}, inputs = {} } = await oneRun(azure).backupInstance.read(of, had);
  return id ? { id, inputs, outs: props } : undefined;
}

/** What is wrong about a step, or nothing; and what is recorded after it. */
async function take(
  world: World,
  step: Step,
  known: Recorded | undefined,
): Promise<{ wrong?: string; recorded?: Recorded }> {
  const { vault, id, source } = world;
  const recorded = known && (await refreshed(known));
  const kept = recorded && { recorded };
  if (step.does === "others") {
    others(world, step.what);
    return { ...kept };
  }
  const run = oneRun(azure);
  const live = () =>
    azure.arm("GET", id) as { status: number; body: { properties: Record<string, Record<string, string> & string> } };
  const refused = (message: string) => {
    outcomes["refused while it is done"] += 1;
    const isSaid = run.warnings.length > 0 || !isOfAzure(message);
    return { ...kept, ...(!isSaid && { wrong: `${message}\nThe plan said nothing.` }) };
  };
  if (step.does === "remove") {
    if (!recorded) return {};
    try {
      await run.backupInstance.delete(recorded.id, recorded.outs);
      outcomes.removed += 1;
      const isGone = live().status === 404;
      const isKept = recorded.outs.onDelete !== "delete";
      return isGone === isKept ? { wrong: `removed, and ${isGone ? "gone" : "still there"}` } : {};
    } catch (error) {
      return refused((error as Error).message);
    }
  }
  const { policy, onDelete, friendlyName, adopt, undelete, isNamed } = step;
  const args = {
    vault,
    instanceName: "blobs",
    dataSource: "AzureBlob",
    dataSourceId: source,
    policyId: `${vault}/backupPolicies/${policy}`,
    ...(onDelete && { onDelete }),
    ...(friendlyName && { friendlyName }),
    ...(adopt && { adopt }),
    ...(undelete && { undelete }),
    ...(isNamed && {
      resourceGuardOperationRequests: [guard(), lenient()].map((each) => `${each}/dppModifyPolicy/default`),
    }),
  };
  const { inputs, failures } = await run.backupInstance.check(recorded?.inputs ?? {}, args);
  if (failures.length > 0) outcomes["refused by the plan"] += 1;
  if (failures.length > 0) return { ...kept };
  try {
    let outs = recorded?.outs ?? {};
    if (!recorded) ({ outs } = await run.backupInstance.create(inputs));
    else if ((await run.backupInstance.diff(recorded.id, outs, inputs)).changes)
      ({ outs } = await run.backupInstance.update(recorded.id, outs, inputs));
    else {
      outcomes.unchanged += 1;
      return { recorded: { ...recorded, inputs } };
    }
    outcomes[recorded ? "updated" : "created"] += 1;
    const { currentProtectionState, policyInfo, friendlyName: named } = live().body.properties ?? {};
    const is = `${currentProtectionState} ${policyInfo?.policyId} ${friendlyName ? named : ""}`;
    const wanted = `ProtectionConfigured ${args.policyId} ${friendlyName ?? ""}`;
    return { recorded: { id, inputs, outs }, ...(is !== wanted && { wrong: `it is ${is}, not ${wanted}` }) };
  } catch (error) {
    return refused((error as Error).message);
  }
}

test("whatever Azure refuses of an instance, the plan has refused or said, and what it takes is as the program says", async () => {
  const property = fc.asyncProperty(steps, async (all) => {
    const world = newWorld();
    let recorded: Recorded | undefined;
    for (const step of all) {
      const { wrong, ...next } = await take(world, step, recorded);
      if (wrong !== undefined) throw new Error(`${JSON.stringify(step)}: ${wrong}`);
      recorded = next.recorded;
    }
  });
  await fc.assert(property, {
    numRuns: Number(process.env.WALK_STEPS ?? 2000) / 40,
    seed: Number(process.env.WALK_SEED ?? 9001),
  });

  expect(Object.entries(outcomes).filter(([, times]) => times === 0)).toEqual([]);
});
