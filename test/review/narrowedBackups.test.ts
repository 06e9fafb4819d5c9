import { review } from "../../review/index.js";
import { blobInstance, formsOf, type Thing } from "./forms.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, vaultId } from "./previews.js";
import { said } from "./said.js";

// What an instance or item stays protected for, but no longer backs up.

const rsv = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv-payroll";
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What is said of a change from one thing to the other, in each form that has one. */
async function changed(before: Thing, after: Thing) {
  const wanted = formsOf(after);
  const reviewed = formsOf(before).map(async (it, index) => ({
    type: it.type,
    report: await review(
      preview({ op: "update", type: it.type, name: "it", id: it.id, old: it.inputs, new: wanted[index]?.inputs }),
    ),
  }));
  const found = await Promise.all(reviewed);
  return found.map(({ type, report }) => ({ type, said: said(report), report }));
}

interface Disks {
  luns: (number | string)[] | string;
  isInclusionList: boolean;
}
const machine = (disks?: Disks): Thing => {
  const luns = disks?.luns;
  const properties = disks && { diskLunList: luns, isInclusionList: disks.isInclusionList };
  return {
    id: `${rsv}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
    arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
    native: "recoveryservices:ProtectedItem",
    classic: ["azure:backup/protectedVM:ProtectedVM", "azurerm_backup_protected_vm"],
    ours: "ProtectedItem",
    body: {
      properties: {
        protectedItemType: "Microsoft.Compute/virtualMachines",
        ...(properties && { extendedProperties: { diskExclusionProperties: properties } }),
      },
    },
    arguments: { sourceVmId: "vm", [disks?.isInclusionList ? "includeDiskLuns" : "excludeDiskLuns"]: luns },
    own: { vault: rsv, ...(properties && { diskExclusionProperties: properties }) },
  };
};
const except = (...luns: number[]): Disks => ({ luns, isInclusionList: false });
const only = (...luns: number[]): Disks => ({ luns, isInclusionList: true });
const disksLeft = ["warn rsv-protected-item-narrowed"];

test.each<[what: string, from: Disks | undefined, to: Disks | undefined, left: string | undefined]>([
  ["disks are excluded", undefined, except(0, 1), "LUNs 0, 1."],
  ["another disk is excluded", except(0), except(0, 1), "LUNs 1."],
  ["an excluded disk is backed up again", except(0, 1), except(0), undefined],
  ["all are backed up again", except(0, 1), except(), undefined],
  ["only one is included", undefined, only(0), "LUNs other than 0."],
  ["one of those is no longer included", only(0, 1), only(1), "LUNs 0."],
  ["one more is included", only(0), only(0, 1), undefined],
  ["those that are included are excluded", only(0, 1), except(0), "LUNs 0."],
  ["what is not included is still excluded", only(0), except(1), undefined],
])("%s: a machine's disks that are left out are a warning, whoever manages it", async (_, from, to, left) => {
  const found = await changed(machine(from), machine(to));
  expect(found.filter((each) => each.said.join() !== (left ? disksLeft : []).join())).toEqual([]);
  for (const { report } of left === undefined ? [] : found)
    expect(report.resources[0]?.verdicts[0]?.reason).toContain(`No longer backed up: data disks with the ${left}`);
});

test("disks that are only known during the run are a warning that this was not checked", async () => {
  const found = await changed(machine(except(0)), machine({ luns: unknown, isInclusionList: false }));
  expect(found.filter((each) => each.said.join() !== disksLeft.join())).toEqual([]);
  expect(found[0]?.report.resources[0]?.verdicts[0]?.reason).toContain("only known during `pulumi up`");
});

const parameters = (more: object) => ({ policyInfo: { policyParameters: { backupDatasourceParametersList: [more] } } });
const blobs = (containers: string[] | undefined): Thing => ({
  id: `${vaultId()}/backupInstances/blobs`,
  ...blobInstance,
  body: { properties: containers ? parameters({ containersList: containers }) : {} },
  arguments: { vaultId: vaultId(), ...(containers && { storageAccountContainerNames: containers }) },
  own: { vault: vaultId(), ...(containers && { containers }) },
});
const cluster = (arm: object, azurerm: object, own = arm): Thing => ({
  ...blobs(undefined),
  id: `${vaultId()}/backupInstances/cluster`,
  classic: [
    "azure:dataprotection/backupInstanceKubernetesCluster:BackupInstanceKubernetesCluster",
    "azurerm_data_protection_backup_instance_kubernetes_cluster",
  ],
  body: { properties: parameters({ objectType: "KubernetesClusterBackupDatasourceParameters", ...arm }) },
  arguments: { vaultId: vaultId(), backupDatasourceParameters: azurerm },
  own: { vault: vaultId(), backupConfiguration: own },
});
const lists = (arm: object) => cluster(arm, arm);

test.each<[what: string, from: Thing, to: Thing, left: string | undefined]>([
  ["a container is taken out", blobs(["a", "b"]), blobs(["a"]), "containers b."],
  ["all containers are taken out", blobs(["a", "b"]), blobs(undefined), "containers a, b."],
  ["a container is added", blobs(["a"]), blobs(["a", "b"]), undefined],
  ["containers are named for the first time", blobs(undefined), blobs(["a"]), undefined],
  ["a namespace is excluded", lists({}), lists({ excludedNamespaces: ["test"] }), "namespaces test."],
  [
    "namespaces are included, where all were",
    lists({}),
    lists({ includedNamespaces: ["prod"] }),
    "namespaces other than prod.",
  ],
  [
    "a namespace is no longer included",
    lists({ includedNamespaces: ["prod", "test"] }),
    lists({ includedNamespaces: ["prod"] }),
    "namespaces test.",
  ],
  ["all namespaces are included again", lists({ includedNamespaces: ["prod"] }), lists({}), undefined],
  [
    "a type of resources is excluded",
    lists({}),
    lists({ excludedResourceTypes: ["v1/Secret"] }),
    "resources of the types v1/Secret.",
  ],
  [
    "labels select resources",
    lists({}),
    lists({ labelSelectors: ["app=payroll"] }),
    "resources with the labels other than app=payroll.",
  ],
  [
    "volumes get no snapshots any more",
    cluster({ snapshotVolumes: true }, { volumeSnapshotEnabled: true }),
    cluster({ snapshotVolumes: false }, { volumeSnapshotEnabled: false }),
    "snapshots of volumes.",
  ],
  [
    "resources of the whole cluster are left out",
    cluster({}, {}),
    cluster({ includeClusterScopeResources: false }, { clusterScopedResourcesEnabled: false }),
    "resources of the whole cluster.",
  ],
])("%s: what an instance no longer backs up is a warning, whoever manages it", async (_, from, to, left) => {
  const found = await changed(from, to);
  const verdicts = left === undefined ? "" : "warn backup-instance-narrowed";
  expect(found.filter((each) => each.said.join() !== verdicts)).toEqual([]);
  for (const { report } of left === undefined ? [] : found)
    expect(report.resources[0]?.verdicts[0]?.reason).toContain(`No longer backed up: ${left}`);
});

test("containers that a rule of this package leaves out are a warning, and all containers in place of some are not", async () => {
  const type = "azure-backup:index:BackupInstance";
  const found = async (old: object, wanted: object) =>
    said(
      await review(
        preview({
          ...{ op: "update", type, name: "it", id: `${vaultId()}/backupInstances/blobs` },
          old: { vault: vaultId(), ...old },
          new: { vault: vaultId(), ...wanted },
        }),
      ),
    );
  const all = (...patterns: string[]) => ({
    autoProtectionSettings: {
      enabled: true,
      rules: patterns.map((pattern) => ({ mode: "Exclude", type: "Prefix", pattern })),
    },
  });
  const left = ["warn backup-instance-narrowed"];
  expect(await found(all(), all("logs-"))).toEqual(left);
  expect(await found(all("logs-"), all())).toEqual([]);
  expect(await found({ containers: ["a"] }, all())).toEqual([]);
  expect(await found(all(), { containers: ["a"] })).toEqual(left);
});

test("Terraform's plan and what-if say the same", async () => {
  const type = "azurerm_backup_protected_vm";
  const id = machine().id;
  const of = (exclude_disk_luns: number[] | null) => ({ id, backup_policy_id: "p", exclude_disk_luns });
  const plan = terraformPlan([{ type, actions: ["update"], before: of(null), after: of([0]) }]);
  expect(said(await review(plan))).toEqual(disksLeft);
  const body = (containers: string[]) => ({ id: blobs(undefined).id, ...blobs(containers).body });
  const [before, after] = [body(["a", "b"]), body(["a"])];
  const path = "properties.policyInfo.policyParameters.backupDatasourceParametersList";
  const delta = [{ path, propertyChangeType: "Array", before: null, after: null }];
  const result = whatIf({ resourceId: before.id, changeType: "Modify", before, after, delta });
  expect(said(await review(result))).toEqual(["warn backup-instance-narrowed"]);
});

describe("an instance with several parameters of its data source", () => {
  const id = blobs(undefined).id;
  const ofCluster = { objectType: "KubernetesClusterBackupDatasourceParameters", snapshotVolumes: true };
  const ofBlobs = (...containersList: string[]) => ({ objectType: "BlobBackupDatasourceParameters", containersList });
  const body = (...list: object[]) => ({
    properties: { policyInfo: { policyParameters: { backupDatasourceParametersList: list } } },
  });
  const arm = "Microsoft.DataProtection/backupVaults/backupInstances";
  const forms: [string, (before: object, after: object) => string][] = [
    [
      "azure-native",
      (before, after) =>
        preview({
          ...{ op: "update", type: "azure-native:dataprotection:BackupInstance", name: "it", id },
          ...{ old: { ...before }, new: { ...after } },
        }),
    ],
    [
      "azapi",
      (before, after) => {
        const of = (given: object) => ({ id, type: `${arm}@2025-07-01`, body: given });
        return terraformPlan([{ type: "azapi_resource", actions: ["update"], before: of(before), after: of(after) }]);
      },
    ],
    [
      "Bicep",
      (before, after) => {
        const of = (given: object) => ({ id, name: "it", type: arm, ...given });
        return whatIf({ resourceId: id, changeType: "Modify", before: of(before), after: of(after) });
      },
    ],
  ];

  test.each(forms)("of %s is judged by all of them, in any order", async (_, changed) => {
    const found = async (before: object, after: object) => said(await review(changed(before, after)));
    const left = ["warn backup-instance-narrowed"];
    const two = ofBlobs("a", "b");
    expect(await found(body(ofCluster, two), body(ofCluster, ofBlobs("a")))).toEqual(left);
    expect(await found(body(ofBlobs("a"), ofBlobs("b")), body(ofBlobs("a")))).toEqual(left);
    expect(await found(body(ofCluster, two), body(ofCluster))).toEqual(left);
    expect(await found(body(ofCluster, two), body(two, ofCluster))).toEqual([]);
    expect(await found(body(two), body(ofBlobs("b"), ofBlobs("a")))).toEqual([]);
    const contradicted = body(ofCluster, { ...ofCluster, snapshotVolumes: false });
    expect(await found(body(ofCluster), contradicted)).toEqual(left);
  });
});
