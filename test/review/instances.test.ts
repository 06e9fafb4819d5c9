import { review } from "../../review/index.js";
import { preview, vaultId } from "./previews.js";

const id = `${vaultId()}/backupInstances/disk-1`;

const types = ["pulumi-nodejs:dynamic/azure-backup:BackupInstance", "azure-backup:index:BackupInstance"];

const instance = (more: object = {}) => ({
  vault: vaultId(),
  instanceName: "disk-1",
  instanceId: id,
  dataSourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/disk-1",
  ...more,
});

type Said = { resources: { verdicts: { decision: string; code: string; reason: string }[] }[] };
const said = ({ resources }: Said) =>
  resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));

describe.each(types)("%s", (type) => {
  const removal = (more: object) => preview({ op: "delete", type, name: "disk", id, old: instance(more) });

  test.each([[{}], [{ onDelete: "stopProtectionRetainData" }], [{ onDelete: "suspend" }]])(
    "whose removal keeps the backups is a warning, with %j",
    async (more) => {
      expect(said(await review(removal(more)))).toEqual(["warn backup-instance-stopped"]);
    },
  );

  test("whose removal deletes the backups is judged as any other deletion of an instance", async () => {
    expect(said(await review(removal({ onDelete: "delete" })))).toEqual(["undecided backup-instance-deleted"]);
  });

  test("that would be replaced is refused, and named is what would change", async () => {
    const other = { dataSourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/disk-2" };
    const report = await review(
      preview({ op: "replace", type, name: "disk", id, old: instance(), new: instance(other) }),
    );
    expect(said(report)).toEqual(["refuse backup-instance-replaced"]);
    expect(report.resources[0]?.verdicts[0]?.reason).toContain("`dataSourceId`");
  });

  test("with another policy is no finding", async () => {
    const of = (policyId: string) => instance({ policyId });
    expect(said(await review(preview({ op: "update", type, name: "disk", id, old: of("a"), new: of("b") })))).toEqual(
      [],
    );
  });
});
