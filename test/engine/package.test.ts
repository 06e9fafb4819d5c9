import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { brought, installPacked, provide } from "../support/packed.js";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;

beforeEach(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
  // These are about what Pulumi and its language host find where.
  stack = (await newStack(azure.env)).withLanguageHost();
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** The packed package, with the packages that npm would install with it and no others. */
function installPackage(): void {
  const { manifest } = installPacked("pulumi-azure-backup", stack.directory);
  provide(brought(manifest.dependencies), stack.directory);
}

const payroll = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  immutability: "Locked",
};

test("the installed package deploys a vault, refuses to unlock it, and deletes it", async () => {
  installPackage();
  expect(await stack.vaults({ payroll }).up()).toMatchObject({ code: 0 });

  const refused = await stack.vaults({ payroll: { ...payroll, immutability: "Disabled" } }).preview();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain("immutability-locked");

  expect(await stack.destroy()).toMatchObject({ code: 0 });
});

test("a TypeScript program is checked against the package's types", async () => {
  installPackage();
  stack.typescript(`
    import { BackupVault } from "pulumi-azure-backup";
    new BackupVault("payroll", {
      vaultName: "bv-payroll",
      resourceGroupName: "rg-payroll",
      location: "westeurope",
      redundancy: "GeoRedundent",
    });`);
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("GeoRedundent");
  expect(output).toContain("TS2820");
});

test("a program that finds the package only through a library is told what to install where", async () => {
  installPackage();
  const modules = join(stack.directory, "node_modules");
  mkdirSync(join(modules, "platform-library/node_modules"), { recursive: true });
  renameSync(join(modules, "pulumi-azure-backup"), join(modules, "platform-library/node_modules/pulumi-azure-backup"));
  writeFileSync(
    join(modules, "platform-library/index.js"),
    'exports.BackupVault = require("pulumi-azure-backup").BackupVault;',
  );
  stack.program(`new (require("platform-library").BackupVault)("payroll", ${JSON.stringify(payroll)});`);
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toContain("Pulumi cannot find pulumi-azure-backup from ");
  expect(output).toContain("run `npm install pulumi-azure-backup` in ");
  expect(output).not.toMatch(/^\s+at /m);
});

test("the option import is refused with the argument to use", async () => {
  stack.vaults({ payroll }, { payroll: { import: "/subscriptions/s/resourceGroups/g" } });
  const { code, output } = await stack.preview();
  expect(code).not.toBe(0);
  expect(output).toContain('BackupVault "payroll": the option `import` requires the plugin.');
  expect(output).toContain("set `adopt: true`");
  expect(output).not.toMatch(/^\s+at /m);
});
