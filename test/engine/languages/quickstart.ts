import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { installPlugin } from "../../support/plugin.js";
import { missing, needing } from "../../support/sdk.js";
import { newStack, type Stack } from "../../support/stack.js";

interface Language {
  name: string;
  /** What it needs on PATH. */
  needs: string[];
  /** Puts the program into the stack's directory, with the generated SDK. */
  install(stack: Stack): unknown;
  /** Whether its language host is one that generates programs. */
  generatesCode?: boolean;
}

const group = (azure: Emulator) => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;

/** The life of the quick start's vault in a program of one language, which is the same in all. */
export function deploysTheQuickStart({ name, needs, install, generatesCode }: Language): void {
  const lacks = missing(needs);
  const step = needing({ name, needs });

  let azure: Emulator;
  let stack: Stack;
  let id: string;
  let settings: string;

  /** What `pulumi config set` writes. */
  const configure = (config: Record<string, string>) => {
    const lines = Object.entries(config).map(([key, value]) => `  vaults:${key}: ${JSON.stringify(value)}\n`);
    writeFileSync(join(stack.directory, "Pulumi.dev.yaml"), `${settings}config:\n${lines.join("")}`);
  };

  beforeAll(async () => {
    if (lacks) return;
    azure = await startEmulator();
    azure.createResourceGroup("rg-payroll");
    id = `${group(azure)}/providers/Microsoft.DataProtection/backupVaults/bv-payroll`;
    stack = await newStack(azure.env);
    settings = readFileSync(join(stack.directory, "Pulumi.dev.yaml"), "utf8");
    await install(stack);
    installPlugin(stack);
  });

  afterAll(async () => {
    if (lacks) return;
    stack.remove();
    await azure.close();
  });

  step("a vault comes up with all its settings", async () => {
    const { code, output } = await stack.up();
    // A TypeScript program's types are checked once: they are the same each time.
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(new RegExp(`vaultId *: "${id}"`));
    expect(azure.vault(id)).toMatchObject({
      tags: { owner: "payroll-team" },
      properties: {
        storageSettings: [{ type: "GeoRedundant" }],
        securitySettings: {
          immutabilitySettings: { state: "Locked" },
          softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 30 },
        },
      },
    });
  });

  step("forbidden changes are refused at preview, all at once", async () => {
    azure.protect(id, { name: "payroll-blobs" });
    configure({ redundancy: "LocallyRedundant", immutability: "Disabled", softDelete: "Off" });
    const { code, output } = await stack.preview();
    expect(code).not.toBe(0);
    for (const rule of ["redundancy-after-protection", "immutability-locked", "soft-delete-always-on"])
      expect(output).toContain(rule);
  });

  step("an allowed change is made, and what somebody else has changed is put right", async () => {
    azure.setVault(id, { tags: { owner: "somebody" } } as never);
    configure({ retentionDays: "60" });
    const { code, output } = await stack.up("--refresh");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.vault(id)).toMatchObject({
      tags: { owner: "payroll-team" },
      properties: { securitySettings: { softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 60 } } },
    });
  });

  step("a preview without changes is empty, and so is a refresh", async () => {
    const { code, output } = await stack.preview("--refresh", "--expect-no-changes");
    expect({ code, output }).toMatchObject({ code: 0 });
  });

  step("a vault that exists is imported without a write", async () => {
    const other = `${id}-other`;
    azure.arm("PUT", other, {
      location: "westeurope",
      properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
    });
    const before = azure.writes().length;
    const options = generatesCode ? ["--out", join(stack.directory, "generated")] : ["--generate-code=false"];
    const imported = ["azure-backup:index:BackupVault", "other", other];
    const { code, output } = await stack.pulumi("import", ...imported, "--yes", "--protect=false", ...options);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.writes()).toHaveLength(before);
    if (generatesCode)
      expect(readFileSync(join(stack.directory, "generated"), "utf8")).toContain("vaultName: bv-payroll-other");
  });

  step("the empty vault is destroyed, and the one that holds data is not", async () => {
    const { code, output } = await stack.destroy();
    expect(code).not.toBe(0);
    expect(output).toContain("payroll-blobs");
    expect(azure.vault(id)).toBeDefined();
    expect(azure.vault(`${id}-other`)).toBeUndefined();
  });
}
