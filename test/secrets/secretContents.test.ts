import { type Emulator, startEmulator } from "../../emulator/index.js";
import { handlerName, type ResourceTypeName } from "../../provider/vaults/resourceTypes.js";
import { type Front, fronts } from "../support/host.js";
import { oneRun, oneRunOfPlugin } from "../support/oneRun.js";
import { inClear, open } from "./marks.js";

/** What lies in vaults and guards them, with one argument kept secret after the other. */

type Properties = Record<string, unknown>;

let azure: Emulator;
let group: string;
let vault: string;
let recoveryVault: string;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-hush");
  group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-hush`;
  vault = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-hush`;
  recoveryVault = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-hush`;
});
afterAll(() => azure.close());

const diskRoles = ["3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"];

beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-hush");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  const body = { location: "westeurope", identity: { type: "SystemAssigned" }, properties: { storageSettings } };
  azure.arm("PUT", `${vault}?api-version=2025-07-01`, body);
  for (const role of diskRoles) azure.grant(group, azure.vault(vault)?.identity?.principalId, role);
  const properties = { objectType: "BackupPolicy", datasourceTypes: ["Microsoft.Compute/disks"], policyRules: [] };
  for (const name of ["daily-hush", "weekly-hush"]) azure.arm("PUT", `${vault}/backupPolicies/${name}`, { properties });
  azure.arm("PUT", recoveryVault, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(recoveryVault);
  azure.arm("PUT", guardId(), { location: "westeurope", properties: {} });
  azure.snapshot("before");
});

const guardId = () => `${group}/providers/Microsoft.DataProtection/resourceGuards/guard-hush`;

interface Program {
  args: Properties;
  changed: Properties;
}
const programs: Partial<Record<ResourceTypeName, () => Program>> = {
  BackupPolicy: () => ({
    args: {
      vault,
      policyName: "policy-hush",
      dataSource: "AzureDisk",
      schedule: { every: "P1D", at: "02:17", timeZone: "W. Europe Standard Time" },
      retention: [{ keep: "P13D" }],
    },
    changed: { retention: [{ keep: "P11D" }] },
  }),
  RecoveryServicesBackupPolicy: () => ({
    args: {
      vault: recoveryVault,
      policyName: "policy-hush",
      dataSource: "VM",
      schedule: { every: "P1D", at: "02:30", timeZone: "W. Europe Standard Time" },
      retention: [{ keep: "P13D" }],
      resourceGuardOperationRequests: [`${guardId()}/updateProtectionPolicyRequests/default`],
    },
    changed: { retention: [{ keep: "P11D" }] },
  }),
  BackupInstance: () => ({
    args: {
      vault,
      instanceName: "disk-hush",
      friendlyName: "friend-hush",
      dataSource: "AzureDisk",
      dataSourceId: `${group}/providers/Microsoft.Compute/disks/source-hush`,
      policyId: `${vault}/backupPolicies/daily-hush`,
      snapshotResourceGroupId: group,
      resourceGuardOperationRequests: [`${guardId()}/dppModifyPolicy/default`],
    },
    changed: { policyId: `${vault}/backupPolicies/weekly-hush` },
  }),
  ProtectedItem: () => ({
    args: {
      vault: recoveryVault,
      sourceResourceId: `${group}/providers/Microsoft.Compute/virtualMachines/vm-hush`,
      policyId: `${recoveryVault}/backupPolicies/DefaultPolicy`,
      resourceGuardOperationRequests: [`${guardId()}/updateProtectedItemRequests/default`],
    },
    changed: { policyId: `${recoveryVault}/backupPolicies/EnhancedPolicy` },
  }),
  ResourceGuard: () => ({
    args: {
      resourceGuardName: "other-hush",
      resourceGroupName: "rg-hush",
      location: "westeurope",
      tags: { team: "team-hush" },
    },
    changed: { tags: { team: "x".repeat(300) } },
  }),
  ResourceGuardAssociation: () => ({ args: { vault, resourceGuard: guardId() }, changed: {} }),
};

/** All that was told or recorded while it was created, changed, read, refused and failed. */
async function whatIsTold(front: Front, type: ResourceTypeName, { args, changed }: Program, path: string[]) {
  const isPlugin = front === "plugin";
  const run = (isPlugin ? oneRunOfPlugin : oneRun)(azure);
  const handlers = run[handlerName(type)];
  const plain = isPlugin ? (each: Properties): Properties => JSON.parse(JSON.stringify(each)) : inClear;
  const marked = (more: Properties = {}) => ({ ...args, ...more, __secrets: [path] });
  const said: string[] = [];
  const listen = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { message, reasons } = error as Error & { reasons?: string[] };
      said.push(message, JSON.stringify(reasons ?? ""));
      return undefined;
    }
  };
  const check = async (olds: Properties, news: Properties) => {
    const { inputs, failures } = await handlers.check(olds, news);
    said.push(...failures.map(({ reason }) => reason));
    return plain(inputs);
  };
  const inputs = await check({}, marked());
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "PUT" });
  await listen(() => handlers.create(inputs));
  azure.faults.clear();
  const { id, outs } = await handlers.create(inputs);
  said.push(...open(outs, isPlugin ? [] : [path]));
  const state = plain(outs);
  // As another program that finds it there.
  await (isPlugin ? oneRunOfPlugin : oneRun)(azure)
    [handlerName(type)].check({}, marked())
    .then(({ failures }) => said.push(...failures.map(({ reason }) => reason)));
  const wanted = await check(inputs, marked(changed));
  await listen(() => handlers.diff(id, state, wanted));
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", method: "PUT" });
  await listen(() => handlers.update(id, state, wanted));
  azure.faults.clear();
  const read = await listen(() => handlers.read(id, state));
  said.push(...open((read as { props?: Properties } | undefined)?.props ?? {}, isPlugin ? [] : [path]));
  azure.faults.add({ kind: "status", status: 403, code: "AuthorizationFailed", times: "always" });
  await listen(() => handlers.read(id, state));
  await listen(() => handlers.delete(id, { ...state, onDelete: "delete" }));
  await check({}, marked());
  azure.faults.clear();
  await listen(() => handlers.delete(id, { ...state, onDelete: "delete" }));
  return [...said, ...run.warnings];
}

/** The paths of all texts in a program. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value === "string") return [path];
  return Object.entries(value as object).flatMap(([name, each]) => pathsIn(each, [...path, name]));
}

const valueAt = (value: unknown, path: string[]): string =>
  String(path.reduce((inner, name) => (inner as Properties)[name], value));

const alone = (text: string) =>
  new RegExp(`(?<![\\w-])${text.replaceAll(/[.+]/g, "\\$&")}(?![\\w-])`, /hush/.test(text) ? "i" : "");

test.each(
  (Object.keys(programs) as ResourceTypeName[]).flatMap((type) => fronts.map((front) => [type, front] as const)),
)(
  "each secret argument of a %s is in no message and no open part of the state, by the %s front",
  async (type, front) => {
    const program = programs[type] as () => Program;
    const found: string[] = [];
    const inClearText = (await whatIsTold(front, type, program(), ["none"])).join("\n");
    for (const text of ["HTTP 403", "hush"]) expect(inClearText).toContain(text);
    for (const path of pathsIn(program().args)) {
      azure.restore("before");
      const told = (await whatIsTold(front, type, program(), path)).join("\n");
      expect(told).toContain("HTTP 403");
      const secret = valueAt(program().args, path);
      const parts = secret.split("/").filter((each) => each.includes("hush"));
      for (const part of new Set([secret, ...parts])) {
        const [hit] = alone(part).exec(told) ?? [];
        const at = told.search(alone(part));
        if (hit) found.push(`${path.join(".")}: ${told.slice(Math.max(0, at - 80), at + 60)}`);
      }
    }
    expect(found).toEqual([]);
  },
);
