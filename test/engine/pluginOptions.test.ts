import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

// What a program, or the command line, asks of the plugin's resources besides their arguments.

let azure: Emulator;
let stack: Stack;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  stack = (await newStack(azure.env)).withPlugin();
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  tags: { owner: "payroll-team" },
};
const idOf = (vaultName: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;

const program = (args: object, options = "{}") =>
  stack.program(`
    const { CustomResource, ProviderResource } = require("@pulumi/pulumi");
    new CustomResource("azure-backup:index:BackupVault", "payroll", ${JSON.stringify(args)}, ${options});`);

const tagged = { ...payroll, tags: { owner: "somebody-else" } };

test("a replacement that only an option or the command line asks for is refused, and nothing is sent", async () => {
  expect(await program(payroll).up()).toMatchObject({ code: 0 });
  const before = azure.writes().length;
  for (const refused of [
    await program(tagged, '{ replaceOnChanges: ["tags"] }').preview(),
    await program(payroll, "{ deleteBeforeReplace: true }").preview("--replace", "**"),
  ]) {
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("Pulumi was asked to replace its resource");
  }
  expect(azure.writes()).toHaveLength(before);
});

test("a change that is ignored is none, not even one that would replace the vault", async () => {
  const moved = { ...tagged, location: "northeurope" };
  const ignored = await program(moved, '{ ignoreChanges: ["*"] }').preview("--expect-no-changes");
  expect(ignored).toMatchObject({ code: 0 });
});

test("a vault that was imported by an ID in lower case is replaced as any other", async () => {
  expect(await program(payroll, "{ retainOnDelete: true }").up()).toMatchObject({ code: 0 });
  expect(await stack.program("").up()).toMatchObject({ code: 0 });
  const lower = idOf("bv-payroll").toLowerCase();
  expect(await program(payroll, `{ import: "${lower}" }`).up()).toMatchObject({ code: 0 });
  const moved = await program({ ...payroll, location: "northeurope" }).up();
  expect(moved).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
  expect(azure.vault(idOf("bv-payroll"))).toMatchObject({ location: "northeurope" });
});

test("an explicit provider with a subscription that is no GUID is refused at preview", async () => {
  const provider = 'new ProviderResource("azure-backup", "explicit", { subscriptionId: "no-guid" })';
  const refused = await program(payroll, `{ provider: ${provider} }`).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("azure-backup:subscriptionId (ARM_SUBSCRIPTION_ID) must be a GUID.");
});
