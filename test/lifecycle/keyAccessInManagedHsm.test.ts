import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let hsm: string;

const keyUri = "https://hsm-payroll.managedhsm.azure.net/keys/backup";

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  hsm = azure.createManagedHsm("rg-payroll", "hsm-payroll").id;
  azure.createKey(hsm, "backup");
});

afterEach(() => azure.close());

const args = (more: object = {}) => ({ keyUri, principalId: identity.properties.principalId, ...more });

const writes = () => azure.journal({ writes: true, path: "roleAssignments" });

test("the local role is given at the key, given once, found again, and taken away", async () => {
  const run = oneRun(azure);
  const { id, outs } = await created(run.keyAccess, args());
  expect(outs).toMatchObject({ grantedBy: "LocalRoleAssignment", keyVaultId: hsm });
  expect(String(outs.roleAssignmentId)).toMatch(
    /^\/keys\/backup\/providers\/Microsoft.Authorization\/roleAssignments\//,
  );

  expect((await created(run.keyAccess, args())).outs.roleAssignmentId).toBe(outs.roleAssignmentId);
  expect(writes()).toHaveLength(1);
  expect(await run.keyAccess.read(id, outs)).toMatchObject({ id });

  await run.keyAccess.delete(id, outs);
  expect(await run.keyAccess.read(id, outs)).toEqual({});
  await run.keyAccess.delete(id, outs);
});

test("on request the local role is given for all keys of the Managed HSM", async () => {
  const run = oneRun(azure);
  const { id, outs } = await created(run.keyAccess, args({ scope: "KeyVault" }));
  expect(String(outs.roleAssignmentId)).toMatch(/^\/providers\/Microsoft.Authorization\/roleAssignments\//);
  await run.keyAccess.delete(id, outs);
  expect(await run.keyAccess.read(id, outs)).toEqual({});
});

test("a wider local role that is there already is left to whoever gave it", async () => {
  azure.grantLocalRole(hsm, "/keys", identity.properties.principalId);
  const run = oneRun(azure);
  const { id, outs } = await created(run.keyAccess, args());
  expect(outs.grantedBy).toBe("Nothing");
  await run.keyAccess.delete(id, outs);
  expect(writes()).toEqual([]);
});

test("a vault is encrypted by a key in a Managed HSM, and is told what its identity lacks there", async () => {
  const vault = {
    vaultName: "bv-hsm",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    encryption: { keyUri, identity: identity.id },
  };
  const run = oneRun(azure);
  expect((await run.backupVault.check({}, vault)).failures).toEqual([]);
  expect(run.warnings.join("\n")).toMatch(/cmk-access-missing.*Get, Wrap Key and Unwrap Key/);

  const access = await created(run.keyAccess, args());
  const next = oneRun(azure);
  const made = await created(next.backupVault, vault);
  expect(next.warnings.join("\n")).not.toContain("cmk-access-missing");
  expect(azure.vault(made.id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");
  const last = oneRun(azure);
  await last.backupVault.delete(made.id, made.outs);
  await last.keyAccess.delete(access.id, access.outs);
});

test("local roles that may not be read are a warning, and whoever may not give them is told what it takes", async () => {
  azure.faults.add({
    path: "roleAssignments",
    kind: "status",
    status: 403,
    code: "Forbidden",
    times: "always",
  });
  const run = oneRun(azure);
  const encryption = {
    vault: `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-none`,
    keyUri,
    identity: identity.id,
  };
  const waiting = { ...encryption, __program: { waitsForNew: true } };
  expect((await run.encryptionSettings.check({}, waiting)).failures).toEqual([]);
  expect(run.warnings.join("\n")).toMatch(/because the identity's permissions on the key could not be read/);
  await expect(created(run.keyAccess, args())).rejects.toThrow("Managed HSM Policy Administrator");
});
