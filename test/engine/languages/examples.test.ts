import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { startEmulator } from "../../../emulator/index.js";
import { installPlugin } from "../../support/plugin.js";
import { examplesIn, needing } from "../../support/sdk.js";
import { newStack } from "../../support/stack.js";

const examples = examplesIn("yaml");
const resourcesOf = (name: string, subscription = "") =>
  parse((examples[name] ?? "").replaceAll("00000000-0000-0000-0000-000000000000", subscription)).resources;

needing({ name: "YAML", needs: ["pulumi-language-yaml"] })(
  "the schema's examples deploy, preview without changes and go",
  async () => {
    const azure = await startEmulator();
    for (const group of ["rg-payroll", "rg-machines", "rg-security", "rg-snapshots"]) azure.createResourceGroup(group);
    azure.createKey(azure.createKeyVault("rg-payroll", "kv-payroll").id, "backup");
    const stack = await newStack(azure.env);
    try {
      // The example of EncryptionSettings has those of BackupVault, IdentityAssignment and KeyAccess in it.
      const shown = [
        "BackupInstance",
        "EncryptionSettings",
        "ProtectedWorkload",
        "RecoveryServicesVault",
        "ResourceGuardAssociation",
      ];
      const resources = Object.assign({}, ...shown.map((name) => resourcesOf(name, azure.env.ARM_SUBSCRIPTION_ID)));
      writeFileSync(join(stack.directory, "Pulumi.yaml"), stringify({ name: "vaults", runtime: "yaml", resources }));
      installPlugin(stack);
      const { code, output } = await stack.up();
      expect({ code, output }).toMatchObject({ code: 0 });
      const types = (await stack.resources("azure-backup:index:")).map(({ type }) => type.split(":").at(-1));
      expect(types.sort()).toEqual([
        "BackupInstance",
        "BackupInstance",
        "BackupPolicy",
        "BackupPolicy",
        "BackupVault",
        "BackupVault",
        "BackupVault",
        "BackupVault",
        "EncryptionSettings",
        "IdentityAssignment",
        "KeyAccess",
        "ProtectedWorkload",
        "RecoveryServicesVault",
        "ResourceGuard",
        "ResourceGuardAssociation",
      ]);
      expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await stack.destroy()).toMatchObject({ code: 0 });
    } finally {
      stack.remove();
      await azure.close();
    }
  },
);
