// `node test/review/plans/make.mjs`: makes the plans in this directory again, with Terraform and its provider azurerm, after
// a build. README.md says what is in them.
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const here = import.meta.dirname;
const provider = process.env.AZURERM ?? (await import("../../../scripts/lib/azurerm.mjs")).azurerm;
const { startEmulator } = await import("../../../emulator/dist/index.js");

const directory = mkdtempSync(join(tmpdir(), "plans-"));
const azure = await startEmulator({ uncheckedKeys: true });
const run = promisify(execFile);

/** @param {string[]} args */
async function terraform(...args) {
  const { stdout } = await run("terraform", args, {
    cwd: directory,
    maxBuffer: 2 ** 30,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      ...azure.env,
      ARM_USE_CLI: "false",
      TF_CLI_CONFIG_FILE: join(directory, "terraformrc"),
    },
  });
  return stdout;
}

/** @param {string} name @param {string[]} args */
async function plan(name, ...args) {
  await terraform("plan", "-input=false", "-out", "plan.tfplan", ...args);
  const { configuration, prior_state, planned_values, variables, ...kept } = JSON.parse(
    await terraform("show", "-json", "plan.tfplan"),
  );
  writeFileSync(join(here, `${name}.json`), `${JSON.stringify({ ...kept, planned_values: {} }, undefined, 2)}\n`);
}

try {
  writeFileSync(
    join(directory, "terraformrc"),
    `provider_installation {
  dev_overrides { "hashicorp/azurerm" = ${JSON.stringify(dirname(provider))} }
  direct {}
}
`,
  );
  cpSync(join(here, "regional"), join(directory, "regional"), { recursive: true });
  cpSync(join(here, "deployed.tf"), join(directory, "main.tf"));
  await terraform("get");
  await plan("created");
  await terraform("apply", "-input=false", "plan.tfplan");
  await plan("unchanged");
  await plan("destroyed", "-destroy");
  await plan("targeted", "-target=azurerm_data_protection_backup_vault.unchanged");
  cpSync(join(here, "changed.tf"), join(directory, "main.tf"));
  await plan("changed");
  cpSync(join(here, "policies.tf"), join(directory, "main.tf"));
  rmSync(join(directory, "terraform.tfstate"));
  await terraform("apply", "-input=false", "-auto-approve", "-var", "days=30");
  await plan("policies", "-var", "days=7");
} finally {
  await azure.close();
  rmSync(directory, { recursive: true, force: true });
}
