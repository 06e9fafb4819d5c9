import { type Emulator, startEmulator } from "../../emulator/index.js";
import { fronts } from "../support/host.js";
import { newStack, ofFront, type Stack } from "../support/stack.js";

// One policy of the classes and one of the plugin in the same run.

let azure: Emulator;
let stack: Stack;

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${path}`;
const vaultId = () => inGroup("Microsoft.RecoveryServices/vaults/rsv-payroll");
const names = fronts.map((front) => ofFront("machines", front));
const retentionOf = (name: string) =>
  JSON.stringify(
    (azure.arm("GET", `${vaultId()}/backupPolicies/${name}`).body as { properties?: { retentionPolicy: object } })
      .properties?.retentionPolicy,
  );

const program = (keep: string, immutability = "Disabled") =>
  stack.program(`
    const { CustomResource } = require("@pulumi/pulumi");
    const { RecoveryServicesVault, RecoveryServicesBackupPolicy } = require("pulumi-azure-backup");
    class OfPlugin extends CustomResource {
      constructor(name, args) {
        super("azure-backup:index:RecoveryServicesBackupPolicy", name, { ...args, vault: args.vault.vaultId });
      }
    }
    const vault = new RecoveryServicesVault("payroll", {
      vaultName: "rsv-payroll", resourceGroupName: "rg-payroll", location: "westeurope", immutability: "${immutability}",
    });
    for (const policyName of ${JSON.stringify(names)}) {
      const Policy = policyName.endsWith("plugin") ? OfPlugin : RecoveryServicesBackupPolicy;
      new Policy(policyName, {
        vault, policyName, dataSource: "VM", policyType: "V2",
        schedule: { every: "PT4H", at: "08:00", windowDuration: "PT12H", timeZone: "W. Europe Standard Time" },
        retention: [{ keep: "${keep}" }, { keep: "P12W", of: { daysOfTheWeek: ["Sunday"] } }],
      });
    }`);

/** A machine that is backed up by a policy, outside the program. */
const itemOf = (policy: string) =>
  `${vaultId()}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-payroll;vm-${policy}` +
  `/protectedItems/VM;iaasvmcontainerv2;rg-payroll;vm-${policy}`;

function protect(policy: string): void {
  const properties = {
    protectedItemType: "Microsoft.Compute/virtualMachines",
    sourceResourceId: inGroup(`Microsoft.Compute/virtualMachines/vm-${policy}`),
    policyId: `${vaultId()}/backupPolicies/${policy}`,
  };
  expect(azure.arm("PUT", itemOf(policy), { properties }).status).toBe(202);
}

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = (await newStack(azure.env)).withPlugin();
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("policies in use are changed in place by either front, with what that deletes, and stay while something uses them", async () => {
  expect(await program("P30D").up()).toMatchObject({ code: 0 });
  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);

  for (const name of names) protect(name);
  const shorter = await program("P7D").up();
  expect(shorter).toMatchObject({ code: 0 });
  for (const name of names) {
    expect(shorter.output).toContain(
      `rsv-policy-retention-shorter: Backup policy "${name}" of Recovery Services vault "rsv-payroll" would change \`retention\`.`,
    );
    expect(shorter.output).toContain(`It is used by 1 protected item: vm-${name} (`);
    expect(retentionOf(name)).toContain('"count":7');
  }

  const longer = await program("P60D", "Unlocked").up();
  expect(longer).toMatchObject({ code: 0 });
  const again = await program("P7D", "Unlocked").preview();
  expect(again.code).not.toBe(0);
  // The engine may stop at the first.
  expect(again.output).toMatch(
    /rsv-policy-retention-shorter: Backup policy "machines-\w+" of Recovery Services vault "rsv-payroll" cannot change `retention`\./,
  );
  for (const name of names) expect(retentionOf(name)).toContain('"count":60');

  const kept = await program("P60D", "Unlocked").destroy();
  expect(kept.code).not.toBe(0);
  expect(kept.output).toMatch(/rsv-policy-in-use-deleted: Backup policy "machines-\w+"/);
  for (const name of names) expect(retentionOf(name)).toContain('"count":60');
});
