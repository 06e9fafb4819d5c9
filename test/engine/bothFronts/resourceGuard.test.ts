import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;

const deletion = "Microsoft.DataProtection/backupVaults/backupInstances/delete";

/** One program in its steps: a guard in its own group, and a vault of each kind. */
const program = (guard: object = {}, rest = "", more = ""): Stack =>
  stack.program(`
    const { BackupVault, RecoveryServicesVault, ResourceGuard, ResourceGuardAssociation } = require("pulumi-azure-backup");
    const where = { resourceGroupName: "rg-payroll", location: "westeurope" };
    const resourceGuard = new ResourceGuard("security", {
      ...where, resourceGroupName: "rg-security", resourceGuardName: "guard", ...${JSON.stringify(guard)},
    });
    const backup = new BackupVault("payroll", { ...where, vaultName: "bv-payroll", redundancy: "LocallyRedundant", ${more} });
    const recovery = new RecoveryServicesVault("payroll", { ...where, vaultName: "rsv-payroll" });
    ${rest || both}
    exports.operations = resourceGuard.resourceGuardOperations;`);

const associate = (name: string) => `new ResourceGuardAssociation("${name}", { vault: ${name}, resourceGuard });`;
/** Another stack's guard would be given by its ID; here it would make a circle of resources. */
const request = () =>
  `resourceGuardOperationRequests: ["${group("rg-security")}/Microsoft.DataProtection/resourceGuards/guard/dppReduceImmutabilityStateRequests/default"],`;
const both = `${associate("backup")} const a = ${associate("recovery")} exports.requests = a.resourceGuardOperationDetails;`;

const immutable = (state: string) => `immutability: "${state}",`;

beforeAll(async () => {
  azure = await startEmulator();
  for (const name of ["rg-payroll", "rg-security"]) azure.createResourceGroup(name);
  stack = await newStack(azure.env);
});
afterAll(async () => {
  stack?.remove();
  await azure?.close();
});

const group = (name: string) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}/providers`;
const vault = () => `${group("rg-payroll")}/Microsoft.DataProtection/backupVaults/bv-payroll`;
const isGuarded = () => azure.vault(vault())?.properties.isVaultProtectedByResourceGuard;

test("a guard and the vaults that it protects are deployed in one run, and then change nothing", async () => {
  const { code, output } = await program({}, "", immutable("Unlocked")).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(isGuarded()).toBe(true);
  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a preview refuses to exclude what is mandatory, and names the vaults that another exclusion weakens", async () => {
  const mandatory = "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity";
  const excluding = (operation: string) =>
    program({ vaultCriticalOperationExclusionList: [operation] }, "", immutable("Unlocked"));
  const refused = await excluding(mandatory).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("resource-guard-mandatory-operation");

  const weaker = await excluding(deletion).up();
  expect(weaker).toMatchObject({ code: 0 });
  expect(weaker.output).toContain(`would no longer protect ${deletion}`);
  expect(weaker.output).toContain('Backup vault "bv-payroll", Recovery Services vault "rsv-payroll"');
});

test("a guarded change is refused at preview with the request to name, and made with it and the owner's consent", async () => {
  const refused = await program({}, "", immutable("Disabled")).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("resource-guard-required");
  expect(refused.output).toContain("resourceGuards/guard/dppReduceImmutabilityStateRequests/default");
  expect(refused.output).toContain('needs the role Backup MUA Operator on resource guard "guard"');

  const self = "0b1e0000-0000-4000-8000-0000000000b1";
  const subscription = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
  azure.grant(subscription, self, "acdd72a7-3385-48ef-bd42-f606fba81ae7");
  const unlinked = await program({}, associate("recovery"), immutable("Unlocked")).up();
  expect(unlinked.code).not.toBe(0);
  expect(unlinked.output).toContain(`object ID ${self} needs the role Backup MUA Operator on resource guard "guard"`);
  expect(isGuarded()).toBe(true);

  azure.grant(subscription, self, "f54b6d04-23c6-443e-b462-9c16ab7b4a52");
  const allowed = await program({}, "", immutable("Disabled") + request()).up();
  expect(allowed).toMatchObject({ code: 0 });
  expect(azure.vault(vault())?.properties.securitySettings.immutabilitySettings.state).toBe("Disabled");
});

test("one association goes without the other, and destroy takes everything in its order", async () => {
  expect(await program({}, associate("recovery")).up()).toMatchObject({ code: 0 });
  expect(isGuarded()).toBe(false);
  const { code, output } = await stack.destroy();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(azure.vault(vault())).toBeUndefined();
});
