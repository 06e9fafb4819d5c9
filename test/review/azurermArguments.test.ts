import { review } from "../../review/index.js";
import { dependencyTypes } from "../../review/vaults/dependencies.js";
import { azurermInstances, azurermItems, azurermPolicies } from "./azurermArguments.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";

// Every argument that azurerm has for a policy, what is backed up and how long is one that the review reads.

const group = "/subscriptions/s/resourceGroups/g/providers";
const vaults = {
  instance: `${group}/Microsoft.DataProtection/backupVaults/v`,
  item: `${group}/Microsoft.RecoveryServices/vaults/v`,
};
const all = [
  ...Object.entries(azurermInstances).map(([type, args]) => {
    const it = { id: `${vaults.instance}/backupInstances/it`, [args.vault]: vaults.instance };
    return { type, args, vault: vaults.instance, it, code: "backup-instance-narrowed" };
  }),
  ...Object.entries(azurermItems).map(([type, args]) => {
    const it = { id: `${vaults.item}/backupFabrics/Azure/protectionContainers/c/protectedItems/it` };
    return { type, args, vault: vaults.item, it, code: "rsv-protected-item-narrowed" };
  }),
];

const verdictsOn = async (...changes: ResourceChange[]) =>
  (await review(terraformPlan(changes))).resources.flatMap(({ verdicts }) => verdicts);

test("the tables have each type of azurerm", () => {
  const typesOf = (...kinds: string[]) =>
    [...dependencyTypes].flatMap(([type, { kind }]) =>
      type.startsWith("azurerm_") && kinds.includes(kind) ? type : [],
    );
  expect(all.map(({ type }) => type).sort()).toEqual(typesOf("backupInstance", "protectedItem").sort());
  expect(Object.keys(azurermPolicies).sort()).toEqual(typesOf("policy").sort());
});

const policies = Object.entries(azurermPolicies).flatMap(([type, pairs]) =>
  pairs.map(([long, short]) => ({ type, long, short })),
);

test.each(policies)("$type that keeps backups for less time: $short", async ({ type, long, short }) => {
  const isOfInstances = type.includes("data_protection");
  const id = `${isOfInstances ? vaults.instance : vaults.item}/backupPolicies/it`;
  const actions = isOfInstances ? ["delete", "create"] : ["update"];
  const found = await verdictsOn({ type, actions, before: { id, ...long }, after: { id, ...short } });
  expect(found.map(({ reason }) => reason).join()).toMatch(/instead of P\d+\w/);
});

describe.each(all)("$type", ({ type, args, vault, it, code }) => {
  const using = (policy: string, more: object = {}) => ({
    ...it,
    [args.policy]: `${vault}/backupPolicies/${policy}`,
    ...more,
  });
  const { policyType, parts } = args;
  const policy = (name: string, values: object, actions = ["no-op"]) => {
    const of = { id: `${vault}/backupPolicies/${name}`, ...values };
    return { type: policyType, address: `${policyType}.${name}`, actions, before: of, after: of };
  };

  test("another policy is found", async () => {
    const [long, short] = azurermPolicies[policyType]?.[0] ?? [{}, {}];
    const both = [policy("long", long), policy("short", short)];
    const change = { type, actions: ["update"], before: using("long"), after: using("short") };
    expect((await verdictsOn(...both, change)).map(({ reason }) => reason).join()).toMatch(/instead of P\d+\w/);
  });

  test("the page that another policy is explained on is not about something else", async () => {
    const change = { type, actions: ["update"], before: using("long"), after: using("short") };
    const [verdict] = await verdictsOn(change);
    const page = /disk|protected/.test(type)
      ? /managed-disks|backup-architecture|enhanced-policy/
      : /^(?!.*managed-disks)/;
    expect(verdict?.source).toMatch(page);
  });

  test("a policy that it uses is not deleted", async () => {
    const used = { type, actions: ["no-op"], before: using("gone"), after: using("gone") };
    const found = await verdictsOn(used, { ...policy("gone", {}, ["delete"]), after: null });
    expect(found).toMatchObject([{ decision: "refuse" }]);
  });

  test("less of what it backs up is found", async () => {
    for (const [part, had, has] of parts) {
      const [before, after] = [had, has].map((value) => using("same", { [part]: value }));
      const found = await verdictsOn({ type, actions: ["update"], before, after });
      expect(found).toMatchObject([{ code, decision: "warn" }]);
      if (/blob|data_lake/.test(type)) expect(found[0]?.source).toMatch(/blob|data-lake/);
    }
  });
});
