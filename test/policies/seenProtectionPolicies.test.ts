import { type Emulator, startEmulator } from "../../emulator/index.js";
import { parsePolicy, policyContent, readPolicy } from "../../provider/policies/recoveryServices/policy.js";
import { created, oneRun } from "../support/oneRun.js";
import { machines, type Seen, simple, type Tiers, ten } from "./clientPolicies.js";
import { seenMachinePolicies } from "./seenMachinePolicies.js";
import { seenWorkloadPolicies } from "./seenWorkloadPolicies.js";

/*
 * Policies of Recovery Services vaults that Azure was seen to take, as their clients write them: the acceptance tests of azurerm
 * (backup_policy_vm, _vm_workload and _file_share, 2026-08), and what az was recorded to send or to be shown (azure-cli,
 * test_backup_wl_*_policy, test_backup_wl_sql_policy, test_afs_backup_vaultstandard_policy, until 2026-09).
 */

let azure: Emulator;
let vault: string;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg");
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv`;
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.vault(vault);
});
afterAll(() => azure.close());

const cases = Object.entries({ ...seenMachinePolicies, ...seenWorkloadPolicies }).map(
  ([name, each], index) => [name, each as Seen, `policy-${index}`] as const,
);

test.each(cases)(
  "%s: another client's policy is imported, and then previewed without a change",
  async (_, each, name) => {
    const { dataSource, properties, short } = each;
    const id = `${vault}/backupPolicies/${name}`;
    expect(azure.arm("PUT", id, { properties }).status).toBe(200);
    const run = () => oneRun(azure).recoveryServicesBackupPolicy;
    const { inputs, props } = await run().read(id, {});
    const { properties: own, ...form } = inputs as { properties?: object };
    expect(form).toEqual({ vault, policyName: name, policyId: id, dataSource, ...short });
    expect(own === undefined).toBe(short !== undefined);
    const { inputs: again, failures } = await run().check(inputs as never, inputs as never);
    expect(failures).toEqual([]);
    expect(await run().diff(id, props as never, again as never)).toMatchObject({ changes: false });
  },
);

/** As az writes it and Azure shows it, with what says nothing of the policy. */
const shown = (properties: object): object =>
  JSON.parse(JSON.stringify({ ...properties, protectedItemsCount: 3, makePolicyConsistent: true }));

test.each(cases)(
  "%s: a program says it in Azure's own form, just as Azure shows it, and a refresh finds nothing else",
  async (_, each, name) => {
    const { dataSource } = each;
    const program = { vault, policyName: `own-${name}`, dataSource, properties: shown(each.properties) };
    const run = oneRun(azure).recoveryServicesBackupPolicy;
    const { id, inputs, outs } = await created(run, program);
    const refreshed = await oneRun(azure).recoveryServicesBackupPolicy.read(id, outs);
    expect(refreshed.inputs).toEqual(inputs);
  },
);

// https://github.com/Azure/azure-cli, test_backup_wl_hana_snapshot: a policy that the portal made.
test("an empty text in Azure's form says nothing", () => {
  const { properties } = seenWorkloadPolicies["azurerm's SAP HANA, incremental"];
  const { unread, dataSource } = readPolicy({ ...properties, vmWorkloadPolicyType: "" });
  expect({ unread, dataSource }).toEqual({ unread: [], dataSource: "SAPHanaDatabase" });
});

test("what Azure's own form leaves out of snapshots is what the short form leaves out", () => {
  const named = { vault, policyName: "daily", dataSource: "VM" };
  for (const every of ["P1D", "P1W"]) {
    const on = ["Sunday"];
    const isWeekly = every === "P1W";
    const schedule = { every, at: "23:00", ...(isWeekly && { on }) };
    const short = parsePolicy({ ...named, schedule, retention: [{ keep: isWeekly ? "P10W" : "P10D" }] }, {});
    const tiers: Tiers = isWeekly ? { weekly: ["P10W", { on }] } : ten;
    const properties = shown(machines("V1", simple(isWeekly ? "Weekly" : "Daily", "23:00", on), tiers));
    const own = parsePolicy({ ...named, properties }, {});
    const days = [short, own].map(({ inputs }) => policyContent(inputs)?.snapshotDays);
    expect(days).toEqual(isWeekly ? [5, 5] : [2, 2]);
  }
});
