import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { newStack, type Stack } from "../support/stack.js";

let azure: Emulator;
let stack: Stack;

beforeEach(async () => {
  azure = await startEmulator();
  await azure.createResourceGroup("rg-payroll");
  stack = await newStack(azure.env);
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

/** What `npm pack` would publish, unpacked where a program's installation would have it, beside what it depends on. */
function installPackage(): void {
  const modules = join(stack.directory, "node_modules");
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", stack.directory], { cwd: root });
  const tarball = readdirSync(stack.directory).find((name) => name.endsWith(".tgz")) ?? "";
  const installed = join(modules, "pulumi-azure-backup");
  rmSync(installed, { recursive: true });
  mkdirSync(installed);
  execFileSync("tar", ["-xzf", join(stack.directory, tarball), "--strip-components=1", "-C", installed]);
  for (const name of readdirSync(join(root, "node_modules")).filter((name) => !name.startsWith("@pulumi"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
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
  expect(output).toContain('BackupVault "payroll": the option `import` is not supported.');
  expect(output).toContain("set `adopt: true`");
  expect(output).not.toMatch(/^\s+at /m);
});
