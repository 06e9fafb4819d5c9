import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { reviewVariable } from "../../provider/host/review.js";
import { type ProviderRecord, review } from "../../review/index.js";
import { created, oneRun } from "../support/oneRun.js";
import { preview } from "./previews.js";

/** What a review says of what only the provider judges: the check of a resource, and then the review of its step. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-security");
});
afterAll(() => azure.close());

const providers = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-security/providers`;

async function reviewed(
  handler: "resourceGuard" | "resourceGuardAssociation" | "protectedItem" | "recoveryServicesBackupPolicy",
  olds: Record<string, unknown>,
  news: object,
) {
  const file = join(mkdtempSync(join(tmpdir(), "azure-backup-")), "judged.jsonl");
  const run = oneRun(azure, { [reviewVariable]: file })[handler];
  const { inputs, failures } = await run.check(olds, { ...news }, handler);
  expect(failures).toEqual([]);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const records = lines.map((line): ProviderRecord => JSON.parse(line));
  const type = `azure-backup:index:${handler.charAt(0).toUpperCase()}${handler.slice(1)}`;
  const isNew = Object.keys(olds).length === 0;
  const step = { op: isNew ? "create" : "update", type, name: "security", new: inputs, ...(!isNew && { old: olds }) };
  const { resources, ...report } = await review(preview(step), { records });
  return { codes: resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code)), ...report };
}

const mandatory = "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity";
const guard = { resourceGuardName: "guard", resourceGroupName: "rg-security", location: "westeurope" };

test.each([
  ["new", false],
  ["changed", true],
])(
  "a %s guard that excludes what is mandatory is refused, and the preview does not end there",
  async (_, isChanged) => {
    const { inputs } = await oneRun(azure).resourceGuard.check({}, guard);
    const wanted = { ...guard, vaultCriticalOperationExclusionList: [mandatory] };
    const { codes, failures } = await reviewed("resourceGuard", isChanged ? inputs : {}, wanted);
    expect(codes).toContain("resource-guard-mandatory-operation");
    expect(failures).toEqual([]);
  },
);

test("a vault's guard in another region is refused, and the preview does not end there", async () => {
  const resourceGuard = `${providers()}/Microsoft.DataProtection/resourceGuards/elsewhere`;
  const vault = `${providers()}/Microsoft.DataProtection/backupVaults/bv`;
  azure.arm("PUT", resourceGuard, { location: "northeurope", properties: {} });
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  const { codes, failures } = await reviewed("resourceGuardAssociation", {}, { vault, resourceGuard });
  expect(codes).toEqual(["resource-guard-other-region"]);
  expect(failures).toEqual([]);
});

test("a new guard of which the provider says nothing is not in the report", async () => {
  expect(await reviewed("resourceGuard", {}, guard)).toMatchObject({ codes: [], failures: [] });
});

describe("what another policy means for a protected item, and a shorter retention for a policy", () => {
  const vault = () => `${providers()}/Microsoft.RecoveryServices/vaults/rsv`;
  const guardId = () => `${providers()}/Microsoft.DataProtection/resourceGuards/rsv-guard`;
  const sourceResourceId = () => `${providers()}/Microsoft.Compute/virtualMachines/vm-1`;
  const policy = { dataSource: "VM", schedule: { every: "P1D", at: "02:00" } };
  beforeAll(async () => {
    azure.arm("PUT", vault(), { location: "westeurope", sku: { name: "RS0" }, properties: {} });
    azure.vault(vault());
    const run = oneRun(azure).recoveryServicesBackupPolicy;
    for (const [policyName, keep] of [
      ["week", "P7D"],
      ["month", "P30D"],
    ])
      await created(run, { ...policy, vault: vault(), policyName, retention: [{ keep }] });
    azure.arm("PUT", guardId(), { location: "westeurope", properties: {} });
    const properties = { resourceGuardResourceId: guardId() };
    azure.arm("PUT", `${vault()}/backupResourceGuardProxies/VaultProxy`, { properties });
  });

  const item = (name: string) => ({
    vault: vault(),
    sourceResourceId: sourceResourceId(),
    policyId: `${vault()}/backupPolicies/${name}`,
  });

  test.each([
    ["DefaultPolicy", "week", ["rsv-item-policy-shorter", "rsv-protected-item-guarded"]],
    ["EnhancedPolicy", "DefaultPolicy", ["rsv-item-policy-downgraded", "rsv-backup-less-frequent"]],
    ["week", "month", []],
  ])("an item that goes from %s to %s", async (before, after, codes) => {
    expect(await reviewed("protectedItem", item(before), item(after))).toMatchObject({ codes, failures: [] });
  });

  test("of several items of one vault, each has its own", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "azure-backup-")), "judged.jsonl");
    const run = oneRun(azure, { [reviewVariable]: file }).protectedItem;
    const other = `${providers()}/Microsoft.Compute/virtualMachines/vm-2`;
    const [shorter, longer] = [
      [item("EnhancedPolicy"), item("DefaultPolicy")],
      [item("week"), item("month")].map((each) => ({ ...each, sourceResourceId: other })),
    ] as const;
    for (const [olds, news] of [shorter, longer]) await run.check(olds as never, news as never, "protectedItem");
    const lines = readFileSync(file, "utf8").trim().split("\n");
    const records = lines.map((line): ProviderRecord => JSON.parse(line));
    const type = "azure-backup:index:ProtectedItem";
    const steps = [shorter, longer].map(([old, wanted], index) => ({
      ...{ op: "update", type, name: `vm-${index + 1}`, id: `item-${index + 1}` },
      ...{ old: { ...old }, new: { ...wanted } },
    }));
    const { resources } = await review(preview(...steps), { records });
    expect(resources.map(({ name, verdicts }) => [name, ...verdicts.map(({ code }) => code)])).toEqual([
      ["vm-1", "rsv-item-policy-downgraded", "rsv-backup-less-frequent"],
      ["vm-2"],
    ]);
  });

  test("a policy", async () => {
    const of = (keep: string) => ({ ...policy, vault: vault(), policyName: "month", retention: [{ keep }] });
    const { inputs } = await oneRun(azure).recoveryServicesBackupPolicy.check({}, { ...of("P30D"), adopt: true });
    const { codes } = await reviewed("recoveryServicesBackupPolicy", inputs, of("P7D"));
    expect(codes).toContain("rsv-policy-guarded");
  });
});
