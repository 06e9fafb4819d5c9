import { type Emulator, startEmulator } from "../../emulator/index.js";
import { oneRun } from "../support/oneRun.js";
import { aligned } from "./tables.js";

/*
 * What is protected, through all its states and all changes of a program: what we refuse, Azure refuses, and what we let through, Azure
 * takes. Each side has a vault of its own in the same state; Azure is asked in the requests that Microsoft documents.
 */

let azure: Emulator;
let group: string;
let worlds = 0;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
});
afterAll(() => azure.close());

type Request = [method: string, path: string, body?: object];

/** What Azure says to a request in the end: an error's code, or nothing. */
function codeOf([method, path, body]: Request): string | undefined {
  const { status, headers, body: said } = azure.arm(method, path, body) as Reply;
  if (status >= 400) return (said as Failed).error?.code ?? String(status);
  const follow = headers?.["Azure-AsyncOperation"];
  if (!follow) return undefined;
  const { pathname, search } = new URL(follow);
  return (azure.arm("GET", pathname + search).body as Failed).error?.code;
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}
interface Failed {
  error?: { code?: string };
}

const firstCodeOf = (requests: Request[]): string | undefined => {
  for (const each of requests) {
    const code = codeOf(each);
    if (code !== undefined) return code;
  }
  return undefined;
};

function must(...requests: Request[]): void {
  const code = firstCodeOf(requests);
  if (code !== undefined) throw new Error(`${code}: ${JSON.stringify(requests)}`);
}

/** One source and a vault that may protect it. */
interface World {
  vault: string;
  id: string;
  source: string;
  args: object;
}

interface Kind {
  resource: "backupInstance" | "protectedItem";
  newVault(): string;
  worldOf(vault: string, source: string): World;
  sourceOf(name: string): string;
  protect(world: World, policy: string | undefined, more?: object): Request;
  /** @param asking what a resource guard needs, in the body */
  stop(world: World, asking?: object): Request;
  suspend(world: World, asking?: object): Request;
  /** The name of the vault's association with a guard, and of the requests that the guard needs. */
  proxy: string;
  requests: Record<"stop" | "suspend" | "delete", string>;
  remove(world: World): Request;
  /** From each state to being protected by this policy again. */
  resume(world: World, state: string, policy: string): Request[];
  undelete(world: World, policy: string): Request[];
  immutable(vault: string, state: string): void;
  shown(world: World): unknown;
}

const policyOf = ({ vault }: Pick<World, "vault">, name: (typeof policies)[number]) =>
  `${vault}/backupPolicies/${name}`;

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

const policies = ["daily", "longer", "shorter"] as const;

const operational = { dataStoreType: "OperationalStore", objectType: "DataStoreInfoBase" };
const policy = {
  objectType: "BackupPolicy",
  datasourceTypes: ["Microsoft.Compute/disks"],
  policyRules: [
    {
      name: "Default",
      objectType: "AzureRetentionRule",
      isDefault: true,
      lifecycles: [
        {
          deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
          sourceDataStore: operational,
          targetDataStoreCopySettings: [],
        },
      ],
    },
  ],
};

const instances: Kind = {
  resource: "backupInstance",
  newVault() {
    worlds += 1;
    const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-${worlds}`;
    const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
    const securitySettings = { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } };
    const body = {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: { storageSettings, securitySettings },
    };
    must(["PUT", `${vault}?api-version=2025-07-01`, body]);
    for (const role of diskRoles) azure.grant(group, azure.vault(vault)?.identity?.principalId, role);
    for (const name of policies) must(["PUT", `${vault}/backupPolicies/${name}`, { properties: policy }]);
    return vault;
  },
  worldOf: (vault, source) => ({
    vault,
    source,
    id: `${vault}/backupInstances/disk`,
    args: {
      vault,
      instanceName: "disk",
      dataSource: "AzureDisk",
      dataSourceId: source,
      policyId: `${vault}/backupPolicies/daily`,
      snapshotResourceGroupId: group,
    },
  }),
  sourceOf: (name) => `${group}/providers/Microsoft.Compute/disks/${name}`,
  protect({ id, source }, policyId, more = {}) {
    const dataSourceInfo = {
      objectType: "Datasource",
      datasourceType: "Microsoft.Compute/disks",
      resourceID: source,
      resourceName: "disk",
      resourceLocation: "westeurope",
    };
    const parameters = {
      objectType: "AzureOperationalStoreParameters",
      dataStoreType: "OperationalStore",
      resourceGroupId: group,
    };
    const policyInfo = { policyId, policyParameters: { dataStoreParametersList: [parameters] } };
    const properties = { objectType: "BackupInstance", friendlyName: "disk", dataSourceInfo, policyInfo };
    return ["PUT", `${id}?api-version=2025-07-01`, { properties: { ...properties, ...more } }];
  },
  proxy: "DppResourceGuardProxy",
  requests: {
    stop: "dppDisableStopProtectionRequests",
    suspend: "dppDisableSuspendBackupsRequests",
    delete: "deleteBackupInstanceRequests",
  },
  stop: ({ id }, asking) => ["POST", `${id}/stopProtection`, asking],
  suspend: ({ id }, asking) => ["POST", `${id}/suspendBackups`, asking],
  remove: ({ id }) => ["DELETE", id],
  resume(world, state, policy) {
    const action = { stopped: "resumeProtection", suspended: "resumeBackups" }[state];
    const resumed: Request[] = action ? [["POST", `${world.id}/${action}`]] : [];
    return [...resumed, this.protect(world, policy)];
  },
  undelete(world, policy) {
    const { vault } = world;
    return [["POST", `${vault}/deletedBackupInstances/disk/undelete`], ...this.resume(world, "stopped", policy)];
  },
  immutable: (vault, state) =>
    void azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state } } } }),
  shown({ id }) {
    const { properties } = azure.arm("GET", id).body as { properties?: Shown };
    return [properties?.currentProtectionState, properties?.policyInfo?.policyId?.split("/").at(-1)];
  },
};

interface Shown {
  currentProtectionState?: string;
  policyInfo?: { policyId?: string };
  protectionState?: string;
  policyId?: string;
  isScheduledForDeferredDelete?: boolean;
}

const items: Kind = {
  resource: "protectedItem",
  newVault() {
    worlds += 1;
    const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-${worlds}`;
    must(["PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} }]);
    for (const name of policies) {
      const count = { daily: 30, longer: 60, shorter: 7 }[name];
      const retentionDuration = { count, durationType: "Days" };
      const time = "2026-01-01T02:00:00Z";
      const properties = {
        backupManagementType: "AzureIaasVM",
        schedulePolicy: {
          schedulePolicyType: "SimpleSchedulePolicy",
          scheduleRunFrequency: "Daily",
          scheduleRunTimes: [time],
        },
        retentionPolicy: {
          retentionPolicyType: "LongTermRetentionPolicy",
          dailySchedule: { retentionTimes: [time], retentionDuration },
        },
      };
      must(["PUT", policyOf({ vault }, name), { properties }]);
    }
    return vault;
  },
  worldOf(vault, source) {
    const name = `iaasvmcontainerv2;rg-payroll;${source.split("/").at(-1)}`;
    const container = `${vault}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;${name}`;
    return {
      vault,
      source,
      id: `${container}/protectedItems/vm;${name}`,
      args: { vault, sourceResourceId: source, policyId: `${vault}/backupPolicies/daily` },
    };
  },
  sourceOf: (name) => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`,
  protect({ id, source: sourceResourceId }, policyId, more = {}) {
    const protectedItemType = "Microsoft.Compute/virtualMachines";
    return ["PUT", id, { properties: { protectedItemType, sourceResourceId, policyId, ...more } }];
  },
  proxy: "VaultProxy",
  requests: {
    stop: "stopProtectionWithRetainDataRequests",
    suspend: "suspendBackupsWithRetainDataRequests",
    delete: "deleteProtectedItemRequests",
  },
  stop(world, asking) {
    return this.protect(world, "", { protectionState: "ProtectionStopped", ...asking });
  },
  suspend(world, asking) {
    return this.protect(world, undefined, { protectionState: "BackupsSuspended", ...asking });
  },
  remove: ({ id }) => ["DELETE", id],
  resume(world, _state, policy) {
    return [this.protect(world, policy)];
  },
  undelete(world, policy) {
    const back = this.protect(world, "", { protectionState: "ProtectionStopped", isRehydrate: true });
    return [back, this.protect(world, policy)];
  },
  immutable: instances.immutable,
  shown({ id }) {
    const { properties } = azure.arm("GET", id).body as { properties?: Shown };
    return [properties?.protectionState, properties?.policyId?.split("/").at(-1)];
  },
};

const kinds = { instances, items };

const guardId = () => `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;

function guard({ proxy }: Kind, vault: string): void {
  must(["PUT", guardId(), { location: "westeurope", properties: {} }]);
  const properties = { resourceGuardResourceId: guardId() };
  must(["PUT", `${vault}/backupResourceGuardProxies/${proxy}`, { properties }]);
}

const isGuarded = ({ proxy }: Kind, { vault }: World) =>
  (azure.arm("GET", `${vault}/backupResourceGuardProxies/${proxy}`) as Reply).status === 200;

/** The request that the vault's guard needs, if it has one. */
function asking(kind: Kind, world: World, what: keyof Kind["requests"]): object | undefined {
  const requests = [`${guardId()}/${kind.requests[what]}/default`];
  return isGuarded(kind, world) ? { resourceGuardOperationRequests: requests } : undefined;
}

/** Before it is deleted, what a guard protects is unlocked. */
function unlocking(kind: Kind, world: World): Request[] {
  const body = asking(kind, world, "delete");
  const path = `${world.vault}/backupResourceGuardProxies/${kind.proxy}/unlockDelete`;
  return body ? [["POST", path, { ...body, resourceToBeDeleted: world.id }]] : [];
}

/** The state of a source before the change, beside its vault. Suspension of an item needs a vault that is immutable. */
const states = ["none", "protected", "stopped", "suspended", "soft-deleted", "elsewhere"] as const;
type State = (typeof states)[number];

function put(kind: Kind, world: World, state: State): void {
  if (state === "none") return;
  if (state === "elsewhere") {
    const vault = kind.newVault();
    must(kind.protect(kind.worldOf(vault, world.source), policyOf({ vault }, "daily")));
    return;
  }
  must(kind.protect(world, policyOf(world, "daily")));
  if (state === "stopped") must(kind.stop(world));
  if (state === "suspended") {
    kind.immutable(world.vault, "Unlocked");
    must(kind.suspend(world));
    kind.immutable(world.vault, "Disabled");
  }
  if (state === "soft-deleted") must(kind.remove(world));
}

/**
 * `-`: both make the change, with the same outcome. `no`: both refuse it; `late`: so too, but ours only at `up`. `idle`: there is nothing
 * to do for us, as for a removal of what has stopped already. `ours`: only we refuse: what exists is taken over on request only, what is gone is created anew after a refresh only, and
 * another source would be another instance.
 */
const expected: Record<string, string> = {
  "instances, plain": `
from \\ to    | new  | adopt | undelete | resume | longer | shorter | source | stop | suspend | delete
none         | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
protected    | ours | idle  | idle     | idle   | -      | -       | no     | -    | -       | -
stopped      | ours | -     | -        | -      | -      | -       | no     | idle | idle    | -
suspended    | ours | -     | -        | -      | -      | -       | no     | -    | idle    | -
soft-deleted | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
elsewhere    | no   | no    | no       | late   | late   | late    | ours   | idle | idle    | idle
`,
  "instances, immutable": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | -
stopped      | -        | -      | -       | idle | idle    | -
suspended    | -        | -      | -       | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "instances, locked": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | -
stopped      | -        | -      | -       | idle | idle    | -
suspended    | -        | -      | -       | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "instances, guarded": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | no     | no      | -    | -       | -
stopped      | -        | no     | no      | idle | idle    | -
suspended    | -        | no     | no      | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "items, plain": `
from \\ to    | new  | adopt | undelete | resume | longer | shorter | source | stop | suspend | delete
none         | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
protected    | ours | idle  | idle     | idle   | -      | -       | no     | -    | late    | -
stopped      | ours | -     | -        | -      | -      | -       | no     | idle | idle    | -
suspended    | ours | -     | -        | -      | -      | -       | no     | -    | idle    | -
soft-deleted | no   | no    | -        | late   | late   | late    | no     | idle | idle    | idle
elsewhere    | no   | no    | no       | late   | late   | late    | ours   | idle | idle    | idle
`,
  // By the policy that the program has given it: one that was stopped since has none at Azure.
  "items, immutable": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | -       | late
stopped      | -        | -      | ours    | idle | idle    | late
suspended    | -        | -      | no      | -    | idle    | late
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
  "items, locked": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | -       | late
stopped      | -        | -      | ours    | idle | idle    | late
suspended    | -        | -      | no      | -    | idle    | late
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
  "items, guarded": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | late    | -
stopped      | -        | -      | ours    | idle | idle    | -
suspended    | -        | -      | no      | -    | idle    | -
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
};

/** What a program changes: our handlers do it by what was recorded of the first creation, or as a new resource. */
interface Change {
  isNew?: true;
  args?: (kind: Kind, world: World) => object;
  removal?: string;
  azures(kind: Kind, world: World, state: State): Request[];
}

const otherThan = ({ sourceOf }: Kind, { source }: World) => sourceOf(`other-than-${source.split("/").at(-1)}`);

const policyChange = (name: (typeof policies)[number]): Change => ({
  args: (_, world) => ({ policyId: policyOf(world, name) }),
  azures: (kind, world, state) => kind.resume(world, state, policyOf(world, name)),
});

const changes: Record<string, Change> = {
  new: { isNew: true, azures: (kind, world) => [kind.protect(world, policyOf(world, "daily"))] },
  adopt: {
    isNew: true,
    args: () => ({ adopt: true }),
    azures: (kind, world, state) => kind.resume(world, state, policyOf(world, "daily")),
  },
  undelete: {
    isNew: true,
    args: () => ({ undelete: true, adopt: true }),
    azures: (kind, world, state) =>
      state === "soft-deleted"
        ? kind.undelete(world, policyOf(world, "daily"))
        : kind.resume(world, state, policyOf(world, "daily")),
  },
  resume: {
    args: () => ({}),
    azures: (kind, world, state) => kind.resume(world, state, policyOf(world, "daily")),
  },
  longer: policyChange("longer"),
  shorter: policyChange("shorter"),
  source: {
    args: (kind, world) =>
      kind.resource === "backupInstance"
        ? { dataSourceId: otherThan(kind, world) }
        : { sourceResourceId: otherThan(kind, world) },
    azures: (kind, world) => [kind.protect({ ...world, source: otherThan(kind, world) }, policyOf(world, "daily"))],
  },
  stop: {
    removal: "stopProtectionRetainData",
    azures: (kind, world) => [kind.stop(world, asking(kind, world, "stop"))],
  },
  suspend: { removal: "suspend", azures: (kind, world) => [kind.suspend(world, asking(kind, world, "suspend"))] },
  delete: { removal: "delete", azures: (kind, world) => [...unlocking(kind, world), kind.remove(world)] },
};

type Values = Record<string, unknown>;

/** Refused: in a preview, or only at the write. */
async function ours(kind: Kind, world: World, change: Change): Promise<{ refused?: string; isLate?: boolean }> {
  const run = oneRun(azure)[kind.resource];
  const before = { ...world.args, adopt: true } as Values;
  const state = {
    ...before,
    protectionState: "Protected",
    ...(kind.resource === "backupInstance" && { instanceId: world.id, protectionState: "ProtectionConfigured" }),
  };
  let isLate = false;
  try {
    if (change.removal) {
      isLate = true;
      await run.delete(world.id, { ...state, onDelete: change.removal });
      return {};
    }
    const args = { ...world.args, ...change.args?.(kind, world) };
    const { inputs, failures } = await run.check(change.isNew ? {} : state, args);
    if (failures.length > 0) return { refused: failures.map(({ reason }) => reason).join("\n") };
    isLate = true;
    if (change.isNew) await run.create(inputs);
    else await run.update(world.id, { ...state, protectionState: "ProtectionStopped" }, inputs);
    return {};
  } catch (error) {
    return { refused: (error as Error & { reasons?: string[] }).message, isLate };
  }
}

async function cell(kind: Kind, state: State, name: string, arrange: (vault: string) => void): Promise<string> {
  const change = changes[name] as Change;
  const world = () => {
    const made = kind.worldOf(kind.newVault(), kind.sourceOf(`source-${worlds}`));
    put(kind, made, state);
    arrange(made.vault);
    return made;
  };
  const [mine, theirs] = [world(), world()];
  const written = azure.writes().length;
  const { refused, isLate } = await ours(kind, mine, change);
  const isWritten = azure.writes().length > written;
  const azures = firstCodeOf(change.azures(kind, theirs, state));
  if (refused !== undefined && azures !== undefined) return isLate ? "late" : "no";
  if (refused !== undefined) return "ours";
  if (!isWritten) return "idle";
  if (azures !== undefined) return `theirs: ${azures}`;
  const [one, other] = [kind.shown(mine), kind.shown(theirs)].map((each) => JSON.stringify(each));
  return one === other ? "-" : `apart: ${one} ${other}`;
}

const vaults: Record<string, (kind: Kind, vault: string) => void> = {
  plain: () => {},
  immutable: (kind, vault) => kind.immutable(vault, "Unlocked"),
  locked: (kind, vault) => kind.immutable(vault, "Locked"),
  guarded: (kind, vault) => guard(kind, vault),
};

const inPlain = Object.keys(changes);
/** What immutability and guards are about. */
const inOthers = ["undelete", "longer", "shorter", "stop", "suspend", "delete"];

test.each(Object.keys(kinds).flatMap((kind) => Object.keys(vaults).map((vault) => [kind, vault] as const)))(
  "%s in a vault that is %s",
  async (kindName, vaultName) => {
    const kind = kinds[kindName as keyof typeof kinds];
    const arrange = (vault: string) => vaults[vaultName]?.(kind, vault);
    const isPlain = vaultName === "plain";
    const columns = isPlain ? inPlain : inOthers;
    const rows: string[][] = [];
    for (const state of isPlain ? states : (["protected", "stopped", "suspended", "soft-deleted"] as const)) {
      const row: string[] = [];
      for (const name of columns) row.push(await cell(kind, state, name, arrange));
      rows.push([state, ...row]);
    }
    const table = aligned([["from \\ to", ...columns], ...rows]);
    expect(`\n${table}\n`).toBe(expected[`${kindName}, ${vaultName}`]);
  },
);
