import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { group, vaultId } from "./client.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
const example = join(root, "emulator/docs/seed.json");

function seedFile(content: unknown): string {
  const file = join(directory, "seed.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

test("an emulator starts with what the seed file of the documentation describes", async () => {
  const azure = await startEmulator({ seed: example, operationMs: 60_000 });
  try {
    const vault = azure.vault(vaultId(azure));
    expect(vault?.properties.provisioningState).toBe("Succeeded");
    const encryption = vault?.properties.securitySettings.encryptionSettings;
    expect(encryption.state).toBe("Enabled");
    expect(encryption.keyVaultProperties.keyUri).toMatch(
      /^https:\/\/kv-payroll\.vault\.azure\.net(:443)?\/keys\/backup\/\w+$/,
    );
    expect(azure.arm("GET", `${vaultId(azure)}/backupInstances/orders`)).toMatchObject({
      status: 200,
      body: { properties: { currentProtectionState: "ProtectionConfigured" } },
    });
    expect(azure.journal()).toEqual([]);
  } finally {
    await azure.close();
  }
});

test("everything that is wrong in a seed file is said at once, with the entry that it is in", async () => {
  const azure = await startEmulator();
  const id = group(azure);
  await azure.close();
  const seed = seedFile({
    resources: [
      { id, location: "westeurope" },
      { id: vaultId(azure, "x"), location: "westeurope" },
      { id: `${id}/providers/Microsoft.DataProtection/backupVaults/bv-payroll/backupPolicies/p`, properties: {} },
      { id: vaultId(azure), location: "westeurope", tags: { owner: { $ref: `${id}#/properties/nothing` } } },
    ],
  });
  const failure = await startEmulator({ seed }).then(String, (error: Error) => error.message);
  expect(failure.split("\n")).toEqual([
    `The emulator did not start: the seed ${seed} could not be applied.`,
    expect.stringMatching(/^- resources\[1\] \(.*\/x\): .*\b400\b/),
    expect.stringMatching(/^- resources\[2\] .*404 ResourceNotFound/),
    `- resources[3] (${vaultId(azure)}): "$ref": ${id} has no "/properties/nothing".`,
  ]);
});

test.each([
  ["no JSON", "{", /JSON/],
  ["no list", { vaults: [] }, /It must contain an object with a list "resources"\./],
  [
    "no id",
    { resources: [{ location: "westeurope" }, null, 7] },
    /resources\[0\]: "id" must be.*\n.*resources\[1\].*\n.*resources\[2\]/,
  ],
])("a seed file with %s is refused", async (_, content, sentence) => {
  await expect(startEmulator({ seed: seedFile(content) })).rejects.toThrow(sentence);
});
