import { liveAzure } from "../../cli/liveAzure.js";
import { review, text } from "../../review/index.js";
import { azure, emulatorForAll } from "../emulator/emulatorForAll.js";
import { preview, type StepOf } from "../review/previews.js";
import { created, oneRun } from "../support/oneRun.js";

emulatorForAll({ trust: true });
beforeAll(() => azure.createResourceGroup("rg-payroll"));

const common = { resourceGroupName: "rg-payroll", location: "westeurope" };
const kinds = [
  ["backupVault", { ...common, redundancy: "GeoRedundant" }],
  ["recoveryServicesVault", common],
] as const;

let count = 0;
const named = (args: object) => {
  count += 1;
  return { ...args, vaultName: `bv-renamed-${count}` };
};

const exists = (id: string) => azure.arm("GET", id).status === 200;

describe.each(kinds)("a %s", (handler, settings) => {
  test("that was renamed in the program and adopted is forgotten under its old name, and not deleted", async () => {
    const args = named(settings);
    const old = await created(oneRun(azure)[handler], args);
    const run = oneRun(azure);
    await created(run[handler], { ...args, adopt: true });
    expect(run.warnings.join()).toContain("exists and is adopted");
    await run[handler].delete(old.id, old.outs);
    expect(run.warnings.join()).toContain("is not deleted: another resource in this program now manages it");
    expect(exists(old.id)).toBe(true);
  });

  test("whose renaming was cut short is not deleted by the next run either", async () => {
    const args = named(settings);
    const old = await created(oneRun(azure)[handler], args);
    const adopted = await created(oneRun(azure)[handler], { ...args, adopt: true });
    const next = oneRun(azure);
    await next[handler].check(adopted.inputs, { ...args, adopt: true });
    await next[handler].delete(old.id, old.outs);
    expect(exists(old.id)).toBe(true);
  });

  test("that is replaced under its name is deleted, as one that has left the program and one that is destroyed", async () => {
    const args = named(settings);
    const first = await created(oneRun(azure)[handler], args);
    const run = oneRun(azure);
    const moved = { ...args, location: "northeurope" };
    await run[handler].check(first.inputs, moved);
    const { inputs } = await run[handler].check({}, moved);
    await run[handler].delete(first.id, first.outs);
    expect(exists(first.id)).toBe(false);
    const second = await run[handler].create(inputs);

    const other = await created(run[handler], named(settings));
    await oneRun(azure)[handler].delete(second.id, second.outs);
    const last = oneRun(azure);
    await last[handler].check(inputs, moved);
    await last[handler].delete(other.id, other.outs);
    expect([exists(second.id), exists(other.id)]).toEqual([false, false]);
  });

  test("that Pulumi was asked to replace is refused as such, and where it is gone, the new one outlives the old one's deletion", async () => {
    const args = named(settings);
    const { id, inputs, outs } = await created(oneRun(azure)[handler], args);
    const refused = oneRun(azure)[handler];
    await refused.check(inputs, args);
    const { failures } = await refused.check({}, args);
    expect(failures).toEqual([
      { property: "", reason: expect.stringContaining("Pulumi was asked to replace its resource") },
    ]);

    azure.arm("DELETE", id);
    const run = oneRun(azure)[handler];
    await run.check(inputs, args);
    expect((await run.diff(id, outs, inputs)).changes).toBe(false);
    await created(run, args);
    await run.delete(id, outs);
    expect(exists(id)).toBe(true);
  });

  test("that was renamed is no deletion to a review, neither in the first run nor in the next", async () => {
    const { id, inputs } = await created(oneRun(azure)[handler], named(settings));
    const type = `pulumi-nodejs:dynamic/azure-backup:${handler[0]?.toUpperCase()}${handler.slice(1)}`;
    const gone: StepOf = { op: "delete", type, name: "payroll", id, old: inputs };
    const live = { live: liveAzure(azure.env) };
    for (const step of [
      { op: "create", type, name: "wages", new: { ...inputs, adopt: true } },
      { op: "same", type, name: "wages", id, old: inputs, new: inputs },
    ]) {
      const report = await review(preview(step, gone), live);
      const old = report.resources.find(({ planned }) => planned === "delete");
      expect(old).toMatchObject({
        verdicts: [],
        notes: [expect.stringContaining('"wages" in this program manages the same vault')],
      });
      expect(text(report)).toContain("Nothing is deleted");
    }
  });
});
