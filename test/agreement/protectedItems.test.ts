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
async function newItem(policy: string) {
  worlds += 1;
  const vault = inGroup(`Microsoft.RecoveryServices/vaults/rsv-${worlds}`);
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
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
    const [ours, azures] = [await newItem(before), await newItem(before)];
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
