import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { azurerm } from "../scripts/lib/azurerm.mjs";
import { signIn, startEmulator } from "../scripts/lib/emulatorProcess.mjs";
import { run } from "../scripts/lib/run.mjs";

/** The same vault as the plain one in project.mjs. */
const configuration = (count) => `
provider "azurerm" {
  features {}
  resource_provider_registrations = "none"
}

resource "azurerm_data_protection_backup_vault" "bench" {
  count                        = ${count}
  name                         = "vault-\${count.index}"
  resource_group_name          = "rg-bench"
  location                     = "westeurope"
  datastore_type               = "VaultStore"
  redundancy                   = "GeoRedundant"
  soft_delete                  = "AlwaysOn"
  retention_duration_in_days   = 30
  immutability                 = "Unlocked"
  tags                         = { owner = "platform", environment = "bench" }
}
`;

/** What is missing on this machine to run Terraform with azurerm; nothing where nothing is. */
export async function missingForTerraform() {
  const { code } = await run("terraform", ["version"]);
  if (code !== 0) return "terraform is not on PATH";
  return existsSync(azurerm) ? undefined : `${azurerm} is missing; build it with \`node scripts/terraform/build.mjs\``;
}

/** A configuration with `count` vaults of azurerm, created in an emulator of its own. */
export async function terraformProject(count) {
  const directory = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const azure = await startEmulator(directory);
  const arm = await signIn(azure);
  await arm("PUT", `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-bench?api-version=2024-03-01`, {
    location: "westeurope",
  });
  writeFileSync(join(directory, "main.tf"), configuration(count));
  writeFileSync(
    join(directory, "terraform.rc"),
    `provider_installation {\n  dev_overrides { "hashicorp/azurerm" = "${dirname(azurerm)}" }\n  direct {}\n}\n`,
  );
  const env = {
    ...process.env,
    ...azure.env,
    ARM_USE_CLI: "false",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: join(directory, "terraform.rc"),
  };
  const timed = async (...args) => {
    const start = performance.now();
    const { code, output } = await run("terraform", [...args, "-no-color"], { cwd: directory, env });
    if (code !== 0) throw new Error(`terraform ${args.join(" ")} ended with ${code}:\n${output}`);
    return (performance.now() - start) / 1000;
  };
  return {
    up: () => timed("apply", "-auto-approve"),
    /** Fails where it finds a change. */
    plan: () => timed("plan", "-detailed-exitcode"),
    version: () => timed("version"),
    requests: async () => (await arm("GET", "/emulator/journal?arm")).value,
    remove() {
      azure.process.kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
