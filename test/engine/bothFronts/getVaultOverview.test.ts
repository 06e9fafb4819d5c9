import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg");
  stack = await newStack(azure.env);
});
afterAll(async () => {
  stack.remove();
  await azure.close();
});

const program = (more = "") => `
  const { BackupVault, RecoveryServicesVault, getVaultOverview } = require("pulumi-azure-backup");
  const vault = new BackupVault("payroll", {
    vaultName: "bv-overview", resourceGroupName: "rg", location: "westeurope",
    redundancy: "GeoRedundant", immutability: "Locked",
  });
  const overview = getVaultOverview(vault);
  exports.deletion = overview.deletion.decision;
  exports.closed = overview.closed.apply((doors) => doors.map(({ property }) => property));
  const other = new RecoveryServicesVault("servers", {
    vaultName: "rsv-overview", resourceGroupName: "rg", location: "westeurope",
  });
  exports.level = getVaultOverview(other).security.bcdrSecurityLevel;
  ${more}`;

test("a program looks at its vault: known after the up that creates it, and in previews from then on", async () => {
  stack.program(program());
  // With its preview, in which there is no vault yet.
  const created = await stack.pulumi("up", "--yes");
  expect(created.output).toContain('deletion: "possible"');
  expect(created.output).toContain("immutability");
  expect(created.output).toContain('level   : "Good"');
  expect(created.code).toBe(0);

  const other = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/none";
  stack.program(program(`getVaultOverview(${JSON.stringify(other)});`));
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toMatch(
    /getVaultOverview: \/subscriptions\/s\/.*could not be read: Azure refused GET backupVaults\/none/,
  );
  expect(output).not.toMatch(/^\s+at .*\.js/m);
});
