import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Report, review } from "../../review/index.js";
import { machinePolicy, preview, type StepOf } from "./previews.js";

/** What a review says of changes that need the consent of a resource guard's owner, whoever makes them. */

let azure: Emulator;
const at = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.${path}`;
const guard = () => at("DataProtection/resourceGuards/security");
const vaults = () => ({
  guarded: at("DataProtection/backupVaults/bv-guarded"),
  free: at("DataProtection/backupVaults/bv-free"),
  recovery: at("RecoveryServices/vaults/rsv-guarded"),
});
let disk: string;
let freeDisk: string;
let machine: string;

beforeAll(async () => {
  azure = await startEmulator();
  azure.trust();
  azure.createResourceGroup("rg");
  azure.arm("PUT", guard(), { location: "westeurope", properties: {} });
  const { guarded, free, recovery } = vaults();
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  for (const id of [guarded, free]) azure.arm("PUT", id, { location: "westeurope", properties: { storageSettings } });
  azure.arm("PUT", recovery, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.vault(recovery);
  disk = String(azure.protect(guarded, { name: "disk" }).id);
  freeDisk = String(azure.protect(free, { name: "disk-free" }).id);
  machine = String(azure.protectVm(recovery, { name: "vm" }).id);
  for (const proxy of [
    `${guarded}/backupResourceGuardProxies/DppResourceGuardProxy`,
    `${recovery}/backupResourceGuardProxies/VaultProxy`,
  ])
    azure.arm("PUT", proxy, { properties: { resourceGuardResourceId: guard() } });
});
afterAll(() => azure.close());

const reviewed = (...steps: StepOf[]): Promise<Report> => review(preview(...steps), { live: liveAzure(azure.env) });
const guardedOnly = ({ resources }: Report) =>
  resources.flatMap(({ verdicts }) => verdicts).filter(({ code }) => code.endsWith("-guarded"));
const said = (report: Report) => guardedOnly(report).map(({ decision, code }) => `${decision} ${code}`);
const operator = "needs the role Backup MUA Operator on resource guard";

test("a deletion by another provider names the request that unlocks it, and who can give the consent", async () => {
  const kinds = [
    ["azure-native:dataprotection:BackupInstance", disk, "deleteBackupInstanceRequests"],
    ["azure:backup/protectedVM:ProtectedVM", machine, "deleteProtectedItemRequests"],
  ] as const;
  for (const [type, id, requests] of kinds) {
    const [verdict] = guardedOnly(await reviewed({ op: "delete", type, name: "x", id, old: { name: "x" } }));
    expect(verdict?.decision).toBe("warn");
    expect(verdict?.remediation).toContain(`unlocked with the request "${guard()}/${requests}/default" (unlockDelete)`);
    expect(verdict?.remediation).toContain(operator);
  }
});

test("a deletion by this package needs the consent alone: it sends the request itself", async () => {
  const type = "azure-backup:index:BackupInstance";
  const old = { vault: vaults().guarded, onDelete: "delete" };
  const [verdict] = guardedOnly(await reviewed({ op: "delete", type, name: "x", id: disk, old }));
  expect(verdict?.remediation).toContain(operator);
  expect(verdict?.remediation).not.toContain("unlockDelete");
});

test.each(["BackupInstance", "ProtectedItem"])(
  "a %s that this package keeps without backup needs the consent alone, and its resumption none",
  async (name) => {
    const { guarded, recovery } = vaults();
    const [vault, id] = name === "BackupInstance" ? [guarded, disk] : [recovery, machine];
    const going = (from: object, to: object) =>
      reviewed({
        op: "update",
        type: `azure-backup:index:${name}`,
        name: "x",
        id,
        old: { vault, ...from },
        new: { vault, ...to },
      });
    const stopped = { protection: "stopProtectionRetainData" };
    const [verdict] = guardedOnly(await going({}, stopped));
    expect(verdict).toMatchObject({ decision: "warn", remediation: expect.stringContaining(operator) });
    expect(said(await going(stopped, {}))).toEqual([]);
  },
);

const moved = (type: string, id: string, more: object = {}) => {
  const of = (policyId: string, requests: object) => ({
    properties: { policyId, policyInfo: { policyId }, ...requests },
  });
  return reviewed({ op: "update", type, name: "x", id, old: of("a", {}), new: of("b", more) });
};

test("another policy for an instance of azure-native needs the guard's request in the program", async () => {
  const type = "azure-native:dataprotection:BackupInstance";
  const refused = await moved(type, disk);
  expect(said(refused)).toEqual(["refuse backup-instance-guarded"]);
  expect(guardedOnly(refused)[0]?.remediation).toContain(`"${guard()}/dppModifyPolicy/default"`);
  const request = { resourceGuardOperationRequests: [`${guard()}/dppModifyPolicy/default`] };
  expect(said(await moved(type, disk, request))).toEqual([]);
  expect(said(await moved(type, freeDisk))).toEqual([]);
});

test("another policy for an item is undecided: only one that keeps backups for less time is protected", async () => {
  const type = "azure-native:recoveryservices:ProtectedItem";
  expect(said(await moved(type, machine))).toEqual(["undecided rsv-protected-item-guarded"]);
  const request = { resourceGuardOperationRequests: [`${guard()}/updateProtectedItemRequests/default`] };
  expect(said(await moved(type, machine, request))).toEqual([]);
});

describe("a shorter retention of a policy in a guarded Recovery Services vault", () => {
  const id = () => `${vaults().recovery}/backupPolicies/daily`;
  const ofDays = (count: number) => ({ retentionDaily: { count } });
  const changed = (before: number, after: number) =>
    reviewed({
      op: "update",
      type: "azure:backup/policyVM:PolicyVM",
      name: "daily",
      id: id(),
      old: ofDays(before),
      new: ofDays(after),
    });

  test("is refused in a tool that cannot name the guard's request, and a longer one is not", async () => {
    const shorter = await changed(30, 7);
    expect(said(shorter)).toEqual(["refuse rsv-policy-guarded"]);
    expect(guardedOnly(shorter)[0]?.remediation).toContain("has no argument for the guard's request");
    expect(said(await changed(7, 30))).toEqual([]);
  });

  test("is refused without the request, and allowed with it", async () => {
    const request = `${guard()}/updateProtectionPolicyRequests/default`;
    const of = (count: number, more: object = {}) => ({ properties: { ...machinePolicy(count), ...more } });
    const native = (more: object) =>
      reviewed({
        op: "update",
        type: "azure-native:recoveryservices:ProtectionPolicy",
        name: "daily",
        id: id(),
        old: of(30),
        new: of(7, more),
      });
    const refused = await native({});
    expect(said(refused)).toEqual(["refuse rsv-policy-guarded"]);
    expect(guardedOnly(refused)[0]?.remediation).toContain(`"${request}"`);
    expect(said(await native({ resourceGuardOperationRequests: [request] }))).toEqual([]);
  });
});

test("a guard that the same run gives the vault protects what the run deletes, but for what it excludes", async () => {
  const resourceGuardId = at("DataProtection/resourceGuards/new");
  const excluded = "Microsoft.DataProtection/backupVaults/backupInstances/delete";
  const made = (...vaultCriticalOperationExclusionList: string[]): StepOf => ({
    op: "create",
    type: "azure-backup:index:ResourceGuard",
    name: "new",
    new: { resourceGuardId, vaultCriticalOperationExclusionList },
  });
  const run = (ofProgram: StepOf) =>
    reviewed(
      ofProgram,
      {
        op: "create",
        type: "azure-backup:index:ResourceGuardAssociation",
        name: "free",
        new: { vault: vaults().free, resourceGuard: resourceGuardId },
      },
      { op: "delete", type: "azure-native:dataprotection:BackupInstance", name: "x", id: freeDisk, old: { name: "x" } },
    );
  const report = await run(made());
  expect(said(report)).toEqual(["warn backup-instance-guarded"]);
  expect(guardedOnly(report)[0]?.remediation).toContain(`(${resourceGuardId})`);
  expect(said(await run(made(excluded)))).toEqual([]);
  // The classic provider's name for the list is in the plural.
  const old = { vaultCriticalOperationExclusionLists: [excluded] };
  const type = "azure:dataprotection/resourceGuard:ResourceGuard";
  expect(said(await run({ op: "same", type, name: "new", id: resourceGuardId, old, new: old }))).toEqual([]);
});

test.each(["vaultCriticalOperationExclusionLists", "vaultCriticalOperationExclusionList"])(
  "what a guard of another provider excludes counts as %s",
  async (argument) => {
    const type = "azure:dataprotection/resourceGuard:ResourceGuard";
    const resourceGuardId = at("DataProtection/resourceGuards/theirs");
    const excluded = { [argument]: ["Microsoft.DataProtection/backupVaults/backupInstances/delete"] };
    const association = { vault: vaults().free, resourceGuard: resourceGuardId };
    const report = await reviewed(
      { op: "same", type, name: "theirs", id: resourceGuardId, old: excluded, new: excluded },
      { op: "create", type: "azure-backup:index:ResourceGuardAssociation", name: "free", new: association },
      { op: "delete", type: "azure-native:dataprotection:BackupInstance", name: "x", id: freeDisk, old: { name: "x" } },
    );
    expect(said(report)).toEqual([]);
  },
);

test("the end of a vault's association says who has to consent to it", async () => {
  const id = `${vaults().guarded}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const old = { vault: vaults().guarded, resourceGuard: guard() };
  const report = await reviewed({
    op: "delete",
    type: "azure-backup:index:ResourceGuardAssociation",
    name: "x",
    id,
    old,
  });
  const [verdict] = report.resources.flatMap(({ verdicts }) => verdicts);
  expect(verdict).toMatchObject({ code: "resource-guard-unlinked", decision: "warn" });
  expect(verdict?.remediation).toContain(`${operator} "security" (${guard()})`);
});

test("an update that writes an association without its guard, or a private endpoint without what it connects, takes them away", async () => {
  const update = async (id: string, arm: string, before: object, type = "azapi:index/resource:Resource") => {
    const of = (properties: object) => ({ id, type: `${arm}@2025-07-01`, body: { properties } });
    const { resources } = await reviewed({
      ...{ op: "update", type, name: "x", id },
      ...{ old: of(before), new: of({}) },
    });
    return resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));
  };
  const endpoints = "Microsoft.Network/privateEndpoints";
  const proxies = "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies";
  const proxy = `${vaults().guarded}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const endpoint = `${vaults().guarded.split("/providers")[0]}/providers/${endpoints}/pe`;
  const connections = {
    privateLinkServiceConnections: [{ name: "c", properties: { privateLinkServiceId: vaults().guarded } }],
  };
  expect(await update(proxy, proxies, { resourceGuardResourceId: guard() })).toEqual(["warn resource-guard-unlinked"]);
  expect(await update(endpoint, endpoints, connections)).toEqual(["warn vault-private-endpoint-deleted"]);
  // These leave alone what they do not set.
  const partly = "azapi:index/updateResource:UpdateResource";
  expect(await update(endpoint, endpoints, connections, partly)).toEqual([]);
});
