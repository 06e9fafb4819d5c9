import { type Emulator, startEmulator } from "../../emulator/index.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let worlds = 0;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;

/** A machine that a vault of its own protects. */
async function newItem(immutability: string, policy: string) {
  worlds += 1;
  const vault = inGroup(`Microsoft.RecoveryServices/vaults/rsv-${worlds}`);
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state: immutability } } } });
  const sourceResourceId = inGroup(`Microsoft.Compute/virtualMachines/vm-${worlds}`);
  const args = { vault, sourceResourceId, policyId: `${vault}/backupPolicies/${policy}`, onDelete: "delete" };
  const made = await created(oneRun(azure).protectedItem, args);
  const body = { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId };
  return { ...made, vault, args, body };
}

const policies = ["DefaultPolicy", "EnhancedPolicy"];

test.each(policies.flatMap((before) => policies.map((after) => [before, after])))(
  "from %s to %s: what Azure refuses is refused at preview and before the write, and nothing else",
  async (before = "", after = "") => {
    const [ours, azures] = [await newItem("Disabled", before), await newItem("Disabled", before)];
    const policyOf = ({ vault }: typeof ours) => `${vault}/backupPolicies/${after}`;
    const { status } = azure.arm("PUT", azures.id, { properties: { ...azures.body, policyId: policyOf(azures) } });
    const run = oneRun(azure).protectedItem;
    const { inputs, failures } = await run.check(ours.outs, { ...ours.args, policyId: policyOf(ours) });
    expect(failures.length > 0).toBe(status === 400);
    const written = run.update(ours.id, ours.outs, inputs).then(
      () => 202,
      (error: Error) => (error.message.startsWith("rsv-item-policy-downgraded: ") ? 400 : error),
    );
    expect(await written).toBe(status);
  },
);

const removals: Record<string, { ours: string; azures: (properties: object) => [method: string, body?: object] }> = {
  "a deletion": { ours: "delete", azures: () => ["DELETE"] },
  "a suspension": {
    ours: "suspend",
    azures: (properties) => ["PUT", { properties: { ...properties, protectionState: "BackupsSuspended" } }],
  },
  "a stop": {
    ours: "stopProtectionRetainData",
    azures: (properties) => [
      "PUT",
      { properties: { ...properties, policyId: "", protectionState: "ProtectionStopped" } },
    ],
  },
};

test.each(["Disabled", "Unlocked", "Locked"].flatMap((state) => Object.keys(removals).map((name) => [state, name])))(
  "in a vault whose immutability is %s, %s is refused by us exactly where Azure refuses it",
  async (state = "", name = "") => {
    const removal = removals[name];
    const [ours, azures] = [await newItem(state, "DefaultPolicy"), await newItem(state, "DefaultPolicy")];
    const [method, body] = removal?.azures(azures.body) ?? [""];
    const { status } = azure.arm(method, azures.id, body);
    const removed = oneRun(azure)
      .protectedItem.delete(ours.id, { ...ours.outs, onDelete: removal?.ours })
      .then(
        () => 202,
        () => 400,
      );
    expect(await removed).toBe(status);
  },
);
