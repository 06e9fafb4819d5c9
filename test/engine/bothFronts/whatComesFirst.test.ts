import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;

beforeEach(async () => {
  azure = await startEmulator();
  stack = await newStack(azure.env);
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** A resource that stands for the one that makes the group, and a vault in that group. */
const program = (vault: string, options = "{}") => `
  const pulumi = require("@pulumi/pulumi");
  const { BackupVault } = require("pulumi-azure-backup");
  class Group extends pulumi.dynamic.Resource {
    constructor(name) {
      super({ create: async (inputs) => ({ id: "group", outs: inputs }) }, name, { name: "rg-late" });
    }
  }
  const group = new Group("group");
  new BackupVault("payroll", {
    vaultName: "bv-payroll", location: "westeurope", redundancy: "GeoRedundant", ${vault}
  }, ${options});`;

test("a resource group that the run may make is a warning where the vault waits for it, and missing where it does not", async () => {
  for (const [vault, options] of [
    ["resourceGroupName: group.name", "{}"],
    ['resourceGroupName: "rg-late"', "{ dependsOn: [group] }"],
  ] as const) {
    const waiting = await stack.program(program(vault, options)).preview();
    expect(waiting).toMatchObject({ code: 0 });
    expect(waiting.output).toMatch(/warning:.*"rg-late" does not exist.*This run may still create it/);
  }
  const alone = await stack.program(program('resourceGroupName: "rg-late"')).preview();
  expect(alone.code).not.toBe(0);
  expect(alone.output).toContain('resource group "rg-late" does not exist');
});

test("a vault is not replaced by one that would be created first under its name", async () => {
  await azure.createResourceGroup("rg-late");
  const vault = (location: string) => `resourceGroupName: group.name, location: "${location}"`;
  const options = "{ deleteBeforeReplace: false }";
  expect(await stack.program(program(vault("westeurope"), options)).up()).toMatchObject({ code: 0 });
  const refused = await stack.program(program(vault("northeurope"), options)).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("deleteBeforeReplace: false");
});
