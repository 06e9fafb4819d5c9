import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FirstGroup, startEmulator } from "../../emulator/index.js";
import { group, vault, vaultId } from "./client.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();

async function refusal(resourceGroups: FirstGroup[], data?: string): Promise<string> {
  try {
    await (await startEmulator({ resourceGroups, data })).close();
    return "started";
  } catch (error) {
    return (error as Error).message;
  }
}

test("the first resource groups are there before the seed, which can put vaults into them", async () => {
  const seed = join(directory, "seed.json");
  // The subscription is always the same.
  const before = await startEmulator();
  await before.close();
  writeFileSync(seed, JSON.stringify({ resources: [{ id: vaultId(before), ...vault() }] }));
  const azure = await startEmulator({ seed, resourceGroups: [{ name: "rg-payroll", location: "North Europe" }] });
  try {
    expect(azure.arm("GET", group(azure)).body).toMatchObject({ location: "northeurope" });
    expect(azure.vault(vaultId(azure))).toBeDefined();
    expect(azure.journal()).toEqual([]);
  } finally {
    await azure.close();
  }
});

test("a resource group in the data file stays as it is, and is not moved to another region", async () => {
  const data = join(directory, "groups.data");
  const first = await startEmulator({ data });
  first.arm("PUT", group(first), { location: "westus", tags: { owner: "payroll" } });
  await first.close();
  const second = await startEmulator({ data, resourceGroups: [{ name: "RG-payroll" }] });
  expect(second.arm("GET", group(second)).body).toMatchObject({ location: "westus", tags: { owner: "payroll" } });
  await second.close();
  expect(await refusal([{ name: "rg-payroll", location: "westus" }], data)).toBe("started");
  expect(await refusal([{ name: "rg-payroll", location: "eastus" }], data)).toBe(
    'The emulator did not start: The resource group "rg-payroll" exists in westus, not in eastus. Use ' +
      "rg-payroll=westus, or another name.",
  );
});

const regions =
  'the location of the resource group "rg", is not an Azure region. Use a name such as westeurope; ' +
  "`az account list-locations` lists them.";

const names = 'A name has 1 to 90 letters, digits, "-", ".", "_", "(" or ")", and does not end with ".".';

test.each<[FirstGroup, string]>([
  [{ name: "rg payroll" }, `"rg payroll" is not a valid resource group name. ${names} Use "rg-payroll", for example.`],
  [{ name: "rg/a/b." }, `"rg/a/b." is not a valid resource group name. ${names} Use "rg-a-b", for example.`],
  [{ name: "" }, `"" is not a valid resource group name. ${names}`],
  [{ name: "rg", location: "mars" }, `"mars", ${regions}`],
  [{ name: "rg", location: "" }, `"", ${regions}`],
])("the first resource group %j is refused", async (given, sentence) => {
  expect(await refusal([given])).toBe(`The emulator did not start: ${sentence}`);
});

test("everything that is wrong with the first resource groups is said at once", async () => {
  expect(await refusal([{ name: "a/b" }, { name: "rg" }, { name: "rg", location: "mars" }])).toMatch(
    /^The emulator did not start:\n- "a\/b" is not .*\n- "mars", the location .*$/,
  );
});
