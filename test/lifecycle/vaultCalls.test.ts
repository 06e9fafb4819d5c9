import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

/** How many calls to Azure the new vaults of a run make. What they do is held elsewhere. */

const types = {
  backupVault: "Microsoft.DataProtection/backupVaults",
  recoveryServicesVault: "Microsoft.RecoveryServices/vaults",
} as const;
const kinds = Object.keys(types) as (keyof typeof types)[];

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});
afterAll(() => azure.close());

const args = (n: number) => ({
  vaultName: `v-${n}`,
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
});
const all = Array.from({ length: 20 }, (_, n) => args(n));

const lists = () =>
  azure.journal().filter(({ method, path }) => method === "GET" && /\/(backupVaults|vaults)(\?|$)/.test(path)).length;

describe.each(kinds)("new vaults of one group, of kind %s,", (kind) => {
  test.each([
    ["one after the other", false],
    ["all at once", true],
  ])("created %s, share the list that confirms that they are not there", async (_, atOnce) => {
    const run = oneRun(azure)[kind];
    if (atOnce) await Promise.all(all.map((each) => created(run, each)));
    else for (const each of all) await created(run, each);
    expect(lists()).toBe(1);
  });

  test("exist where the shared list does not have them yet, and are created where it still has them", async () => {
    const other = await created(oneRun(azure)[kind], args(1));
    const run = oneRun(azure)[kind];
    await created(run, args(2));

    await oneRun(azure)[kind].delete(other.id, other.outs);
    await created(run, args(1));
    expect(azure.vault(other.id)).toBeDefined();

    await created(oneRun(azure)[kind], args(3));
    const { failures } = await run.check({}, args(3));
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining("already exists") }]);
  });
});
