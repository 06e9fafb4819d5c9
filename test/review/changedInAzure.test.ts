import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { formsOf, step } from "./forms.js";
import { machinePolicy, preview, type StepOf } from "./previews.js";
import { said } from "./said.js";
import { blobPolicy, instanceBody } from "./storageBackups.js";

// A state that was not refreshed does not show what somebody has changed in Azure since. The next write takes that back.

let azure: Emulator;
const group = "rg-drift";
const at = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/${path}`;
const rsv = (name: string) => at(`Microsoft.RecoveryServices/vaults/${name}`);
const backupVault = () => at("Microsoft.DataProtection/backupVaults/bv");
const policy = (vault: string, name: string) => `${vault}/backupPolicies/${name}`;
const account = () => at("Microsoft.Storage/storageAccounts/data");
interface Item {
  id: string;
  properties: { sourceResourceId: string };
}
const items: Record<string, Item> = {};

const instance = (name: string, ...containers: string[]) =>
  instanceBody(account(), policy(backupVault(), name), { containers });

function put(id: string, body: object): void {
  expect(azure.arm("PUT", id, body).status).toBeLessThan(300);
}

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup(group);
  const securitySettings = { immutabilitySettings: { state: "Unlocked" } };
  for (const [name, properties] of Object.entries({ mutable: {}, immutable: { securitySettings } })) {
    put(rsv(name), { location: "westeurope", sku: { name: "Standard" }, properties });
    for (const [days, count] of Object.entries({ long: 90, short: 7 }))
      put(policy(rsv(name), days), { properties: machinePolicy(count) });
    const item = azure.protectVm(rsv(name), { name: `vm-${name}` }) as unknown as Item;
    items[name] = item;
    put(item.id, itemOn(name, "long"));
  }
  put(backupVault(), {
    ...{ location: "westeurope", identity: { type: "SystemAssigned" } },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
  });
  azure.createDataSource(account());
  for (const [name, duration] of Object.entries({ long: "P90D", short: "P7D" }))
    put(policy(backupVault(), name), blobPolicy({ duration }));
  put(`${backupVault()}/backupInstances/blobs`, instance("long", "one", "two"));
});
afterAll(() => azure.close());

const itemOn = (vault: string, name: string, more: object = {}) => ({
  properties: {
    ...{ protectedItemType: "Microsoft.Compute/virtualMachines", policyId: policy(rsv(vault), name) },
    ...{ sourceResourceId: items[vault]?.properties.sourceResourceId, ...more },
  },
});

const itemIn = (vault: string, name: string) => ({
  type: "azure-native:recoveryservices:ProtectedItem",
  id: items[vault]?.id ?? "",
  inputs: itemOn(vault, name),
});

/** A write in each form of Resource Manager's body, of which the tool shows no other difference than in `before`. */
async function found(native: string, arm: string, id: string, before: object, after: object): Promise<string[][]> {
  const thing = (body: object) => ({ id, native, arm, body: { ...body } });
  const [olds, news] = [before, after].map((body) => formsOf(thing(body)));
  const steps = (olds ?? []).map((form, index) => step("update", form, news?.[index]?.inputs));
  const reports = await Promise.all(steps.map((each) => review(preview(each), { live: liveAzure(azure.env) })));
  return reports.map(said);
}
const always = (verdicts: string[], all: string[][]) => {
  expect(all.length).toBeGreaterThan(5);
  for (const each of all) expect(each).toEqual(verdicts);
};

describe("a policy of virtual machines that keeps 90 days in Azure", () => {
  const days = (instantRpRetentionRangeInDays: number) => ({ instantRpRetentionRangeInDays });
  const write = (vault: string, before: number, after: number, snapshots: object = days(3)) =>
    found(
      "recoveryservices:ProtectionPolicy",
      "Microsoft.RecoveryServices/vaults/backupPolicies",
      policy(rsv(vault), "long"),
      { properties: machinePolicy(before) },
      { properties: { ...machinePolicy(after), instantRpRetentionRangeInDays: undefined, ...snapshots } },
    );

  test("keeps less if the program still says 30, whatever the state says", async () => {
    always(["warn rsv-policy-retention-shorter"], await write("mutable", 30, 30));
    always(["warn rsv-policy-retention-shorter"], await write("mutable", 7, 30));
    always(["refuse rsv-policy-retention-shorter"], await write("immutable", 30, 30));
  });

  test("stays as it is if the program says so again", async () => {
    always([], await write("immutable", 120, 90));
  });

  test("keeps its snapshots for as long as Azure does without a number", async () => {
    always([], await write("immutable", 90, 90, {}));
    always(["warn rsv-policy-retention-shorter"], await write("immutable", 90, 90, days(1)));
  });
});

describe("an item that has another policy in Azure", () => {
  const write = (vault: string, before: string, after: string) =>
    found(
      "recoveryservices:ProtectedItem",
      "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
      items[vault]?.id ?? "",
      itemOn(vault, before),
      { ...itemOn(vault, after), tags: { a: "b" } },
    );

  test("gets the program's again", async () => {
    always(["warn rsv-item-policy-shorter"], await write("mutable", "short", "short"));
    always(["refuse rsv-item-policy-shorter"], await write("immutable", "short", "short"));
    always([], await write("immutable", "short", "long"));
  });

  test("moves to one that keeps less in Azure than the program says, and that the run does not write", async () => {
    const shown = { id: policy(rsv("immutable"), "short"), inputs: { properties: machinePolicy(365) } };
    const moved = (op: string, after = shown.inputs) => [
      step("update", itemIn("immutable", "long"), itemIn("immutable", "short").inputs),
      step(op, { type: "azure-native:recoveryservices:ProtectionPolicy", ...shown }, after, "short"),
    ];
    const saidOf = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: liveAzure(azure.env) }));
    expect(await saidOf(...moved("same"))).toEqual(["refuse rsv-item-policy-shorter"]);
    expect(await saidOf(...moved("update", { properties: machinePolicy(400) }))).toEqual([]);
  });

  test("is resumed if its backup was stopped there", async () => {
    const stopped = { protectionState: "ProtectionStopped", policyId: "" };
    put(items.mutable?.id ?? "", itemOn("mutable", "long", stopped));
    always(["warn rsv-protected-item-resumed"], await write("mutable", "long", "long"));
  });
});

describe("an instance that has another policy and other containers in Azure", () => {
  const write = (before: object, after: object) =>
    found(
      "dataprotection:BackupInstance",
      "Microsoft.DataProtection/backupVaults/backupInstances",
      `${backupVault()}/backupInstances/blobs`,
      before,
      { ...after, tags: { a: "b" } },
    );

  test("gets the program's again", async () => {
    const short = instance("short", "one", "two");
    always(["warn policy-retention-shorter"], await write(short, short));
    always(["warn backup-instance-narrowed"], await write(instance("long", "one"), instance("long", "one")));
    always([], await write(short, instance("long", "one", "two", "three")));
  });

  test("gets the program's in place of a rule that takes all of them", async () => {
    const all = { objectType: "BlobBackupRuleBasedAutoProtectionSettings", enabled: true };
    const body = instance("long", "one");
    const [parameters] = body.properties.policyInfo.policyParameters?.backupDatasourceParametersList ?? [];
    Object.assign(parameters ?? {}, { containersList: undefined, autoProtectionSettings: all });
    put(`${backupVault()}/backupInstances/blobs`, body);
    always(["warn backup-instance-narrowed"], await write(instance("long", "one"), instance("long", "one")));
    always([], await write(body, body));
  });
});
