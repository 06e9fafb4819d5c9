import { liveAzure } from "../../cli/liveAzure.js";
import { startEmulator } from "../../emulator/index.js";
import { review } from "../../review/index.js";
import { formsOf, type Thing } from "./forms.js";
import { whatIf } from "./planDocuments.js";
import { preview, vaultId } from "./previews.js";
import { said } from "./said.js";

const armOfItem = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";

const disk = (name: string) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/${name}`;
const machine = (name: string) =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${name}`;
const rsv = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv-payroll";

const kinds = {
  BackupInstance: {
    id: `${vaultId()}/backupInstances/disk-1`,
    args: { vault: vaultId(), instanceName: "disk-1", dataSourceId: disk("disk-1") },
    codes: "backup-instance",
    source: "dataSourceId",
    other: disk("disk-2"),
  },
  ProtectedItem: {
    id: `${rsv}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;g;vm-1/protectedItems/vm;iaasvmcontainerv2;g;vm-1`,
    args: { vault: rsv, sourceResourceId: machine("vm-1") },
    codes: "rsv-protected-item",
    source: "sourceResourceId",
    other: machine("vm-2"),
  },
} as const;

const types = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((name) => [
  [`pulumi-nodejs:dynamic/azure-backup:${name}`, kinds[name]] as const,
  [`azure-backup:index:${name}`, kinds[name]] as const,
]);

describe.each(types)("%s", (type, { id, args, codes, source, other }) => {
  const instance = (more: object = {}) => ({ ...args, ...more });
  const removal = (more: object) => preview({ op: "delete", type, name: "disk", id, old: instance(more) });

  test.each([[{}], [{ onDelete: "stopProtectionRetainData" }], [{ onDelete: "suspend" }]])(
    "whose removal keeps the backups is a warning, with %j",
    async (more) => {
      expect(said(await review(removal(more)))).toEqual([`warn ${codes}-stopped`]);
    },
  );

  test("whose removal deletes the backups is judged as any other deletion of an instance", async () => {
    expect(said(await review(removal({ onDelete: "delete" })))).toEqual([`undecided ${codes}-deleted`]);
  });

  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  test.each<[from: object, to: object, verdicts: string[]]>([
    [{}, { protection: "stopProtectionRetainData" }, [`warn ${codes}-stopped`]],
    [{ protection: "protect" }, { protection: "suspend" }, [`warn ${codes}-stopped`]],
    [{}, { protection: unknown }, [`undecided ${codes}-stopped`]],
    [{ protection: "suspend" }, { protection: "suspend", friendlyName: "other" }, []],
    [{ protection: "suspend" }, {}, []],
    [{ protection: "stopProtectionRetainData" }, {}, [`warn ${codes}-resumed`]],
    [{ protection: "stopProtectionRetainData" }, { protection: "protect" }, [`warn ${codes}-resumed`]],
    [{ protection: "stopProtectionRetainData" }, { protection: unknown }, [`undecided ${codes}-resumed`]],
    [{ protection: "stopProtectionRetainData" }, { protection: "stopProtectionRetainData" }, []],
    [{ protectionState: "ProtectionStopped" }, {}, [`warn ${codes}-resumed`]],
    [{ protection: "suspend", policyId: "a" }, { protection: "suspend", policyId: "b" }, []],
  ])("whose protection goes from %j to %j: found is %j", async (from, to, verdicts) => {
    const report = await review(
      preview({ op: "update", type, name: "disk", id, old: instance(from), new: instance(to) }),
    );
    expect(said(report)).toEqual(verdicts);
    expect(JSON.stringify(report)).not.toMatch(/onDelete|adopt/);
  });

  test("that would be replaced is refused, and named is what would change", async () => {
    const report = await review(
      preview({ op: "replace", type, name: "disk", id, old: instance(), new: instance({ [source]: other }) }),
    );
    expect(said(report)).toEqual([`refuse ${codes}-replaced`]);
    expect(report.resources[0]?.verdicts[0]?.reason).toContain(`\`${source}\``);
  });

  test("with another policy that cannot be read is undecided where that would apply to the backups that exist", async () => {
    const of = (policyId: string) => instance({ policyId });
    const report = await review(preview({ op: "update", type, name: "disk", id, old: of("a"), new: of("b") }));
    expect(said(report)).toEqual([
      codes === "backup-instance" ? "warn policy-retention-shorter" : "undecided rsv-item-policy-shorter",
    ]);
  });
});

test("a removal that keeps the backups lets neither the vault nor the policy go in the same run", async () => {
  const azure = await startEmulator();
  azure.trust();
  azure.createResourceGroup("rg");
  const vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  const { id } = azure.protect(vault, { name: "disk" }) as { id: string };
  const of = (name: string) => `azure-backup:index:${name}`;
  const removed = (onDelete?: string) =>
    review(
      preview(
        { op: "delete", type: of("BackupInstance"), name: "disk", id, old: { vault, instanceName: "disk", onDelete } },
        {
          op: "delete",
          type: of("BackupPolicy"),
          name: "daily",
          id: `${vault}/backupPolicies/daily`,
          old: { vault, policyName: "daily" },
        },
        { op: "delete", type: of("BackupVault"), name: "bv", id: vault, old: { vaultName: "bv" } },
      ),
      { live: liveAzure(azure.env) },
    );
  const refused = ({ resources }: Awaited<ReturnType<typeof removed>>) =>
    resources.flatMap(({ verdicts }) => verdicts.flatMap(({ decision, code }) => (decision === "refuse" ? code : [])));
  expect(refused(await removed("delete"))).toEqual([]);
  expect(refused(await removed())).toEqual(["delete-with-instances", "policy-in-use-deleted"]);
  await azure.close();
});

describe("another source of what other providers update", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const things = Object.values(kinds).map(({ id, args, codes, other }): [string, Thing, Thing, Thing, Thing] => {
    const isItem = "sourceResourceId" in args;
    const source = isItem ? args.sourceResourceId : args.dataSourceId;
    const of = (value: string): Thing => ({
      id,
      arm: isItem ? armOfItem : "Microsoft.DataProtection/backupVaults/backupInstances",
      native: isItem ? "recoveryservices:ProtectedItem" : "dataprotection:BackupInstance",
      body: { properties: isItem ? { sourceResourceId: value } : { dataSourceInfo: { resourceID: value } } },
    });
    return [`undecided ${codes}-replaced`, of(source), of(source.toUpperCase()), of(other), of(unknown)];
  });
  const changed = (before: Thing, after: Thing) => {
    const wanted = formsOf(after);
    return Promise.all(
      formsOf(before).map(async ({ type, id, inputs }, index) => {
        const step = { op: "update", type, name: "it", id, old: inputs, new: wanted[index]?.inputs };
        return said(await review(preview(step))).join();
      }),
    );
  };

  test.each(things)("is %s, and the same in other letters is not", async (undecided, one, same, other, open) => {
    expect(new Set(await changed(one, other))).toEqual(new Set([undecided]));
    expect(new Set(await changed(one, open))).toEqual(new Set([undecided]));
    expect(new Set(await changed(one, same))).toEqual(new Set([""]));
  });

  test("what-if shows it as well", async () => {
    const [[, one, , other]] = things as [(typeof things)[number]];
    const [before, after] = [one, other].map(({ id, body }) => ({ id, ...body }));
    const result = whatIf({ resourceId: one.id, changeType: "Modify", before, after });
    expect(said(await review(result))).toEqual(["undecided backup-instance-replaced"]);
  });
});
