import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let vault: string;
let worlds = 0;

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
  worlds += 1;
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-earlier-${worlds}`;
});
afterEach(() => azure.close());

type Handlers = Exclude<keyof ReturnType<typeof oneRun>, "warnings">;

const names = () => ({ resourceGroupName: "rg-payroll", location: "westeurope" });

const inGroup = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll${path && `/providers/${path}`}`;

const guard = () =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/resourceGuards/guard-earlier`;

const recoveryServicesVault = () => inGroup(`Microsoft.RecoveryServices/vaults/rsv-earlier-${worlds}`);

/** One of each kind, and what it needs to be there. */
const programs: Record<Handlers, { args: () => object; needs?: () => Promise<unknown> }> = {
  backupVault: { args: () => ({ ...names(), vaultName: `bv-earlier-${worlds}`, redundancy: "LocallyRedundant" }) },
  recoveryServicesVault: { args: () => ({ ...names(), vaultName: `rsv-earlier-${worlds}` }) },
  identityAssignment: { args: () => ({ vault, identity: identity.id }), needs: () => make("backupVault") },
  keyAccess: { args: () => ({ keyUri, principalId: identity.properties.principalId }) },
  backupPolicy: {
    args: () => ({
      vault,
      policyName: "daily",
      dataSource: "AzureBlob",
      retention: [{ keep: "P30D" }],
    }),
    needs: () => make("backupVault"),
  },
  recoveryServicesBackupPolicy: {
    args: () => ({
      vault: inGroup(`Microsoft.RecoveryServices/vaults/rsv-earlier-${worlds}`),
      policyName: "daily",
      dataSource: "VM",
      schedule: { every: "P1D", at: "02:00" },
      retention: [{ keep: "P30D" }],
    }),
    needs: () => make("recoveryServicesVault"),
  },
  backupInstance: {
    args: () => ({
      vault,
      instanceName: "disk-1",
      dataSource: "AzureDisk",
      dataSourceId: inGroup("Microsoft.Compute/disks/disk-1"),
      policyId: `${vault}/backupPolicies/disks`,
      snapshotResourceGroupId: inGroup(""),
      grantRoles: true,
      onDelete: "delete",
    }),
    needs: async () => {
      await created(oneRun(azure).backupVault, {
        ...programs.backupVault.args(),
        identity: { type: "SystemAssigned" },
      });
      const disks = { policyName: "disks", dataSource: "AzureDisk", schedule: { every: "P1D", at: "02:00" } };
      await created(oneRun(azure).backupPolicy, { ...programs.backupPolicy.args(), ...disks });
    },
  },
  protectedItem: {
    args: () => ({
      vault: recoveryServicesVault(),
      sourceResourceId: inGroup("Microsoft.Compute/virtualMachines/vm-1"),
      policyId: `${recoveryServicesVault()}/backupPolicies/DefaultPolicy`,
      onDelete: "delete",
    }),
    needs: () => make("recoveryServicesVault"),
  },
  encryptionSettings: {
    args: () => ({ vault, keyUri, identity: identity.id }),
    needs: async () => {
      for (const each of ["identityAssignment", "keyAccess"] as const) await make(each);
    },
  },
  resourceGuard: { args: () => ({ ...names(), resourceGuardName: "guard-earlier" }) },
  resourceGuardAssociation: {
    args: () => ({ vault, resourceGuard: guard() }),
    needs: async () => {
      for (const each of ["backupVault", "resourceGuard"] as const) await make(each);
    },
  },
};

/** Made, and recorded as a version did that told resources of one id apart by nothing. */
async function make(handlers: Handlers) {
  const { args, needs } = programs[handlers];
  await needs?.();
  const made = await created(oneRun(azure)[handlers], args());
  const { instance: _, ...outs } = made.outs;
  return { ...made, outs };
}

test.each(Object.keys(programs) as Handlers[])("%s as an earlier version recorded it lives on", async (handlers) => {
  const { id, inputs, outs } = await make(handlers);
  const requests = azure.journal().length;
  const preview = oneRun(azure);
  expect((await preview[handlers].check(inputs, programs[handlers].args() as never)).failures).toEqual([]);
  expect(await preview[handlers].diff(id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });
  expect(azure.journal()).toHaveLength(requests);
  expect(preview.warnings).toEqual([]);

  const writes = azure.writes().length;
  const read = await oneRun(azure)[handlers].read(id, outs);
  expect(read).toEqual({ id, props: outs, inputs });
  const again = { ...inputs, timeouts: { create: "40m" } };
  expect((await oneRun(azure)[handlers].update(id, outs, again)).outs).toMatchObject({ ...outs, ...again });
  expect(azure.writes()).toHaveLength(writes);

  const goes = oneRun(azure)[handlers].delete(id, outs);
  if (handlers === "encryptionSettings") await expect(goes).rejects.toThrow("cmk-removed");
  else await goes;
  if (handlers !== "encryptionSettings") expect(await oneRun(azure)[handlers].read(id, outs)).toEqual({});
});

test.each(["identityAssignment", "keyAccess"] as const)(
  "of two resources of kind %s that an earlier version recorded for one thing, one may go",
  async (handlers) => {
    const { id, inputs, outs } = await make(handlers);
    const run = oneRun(azure);
    await run[handlers].check(inputs, inputs);
    await run[handlers].diff(id, outs, inputs);
    await run[handlers].delete(id, outs);
    expect(await oneRun(azure)[handlers].read(id, outs)).toMatchObject({ id });
  },
);
