import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { review } from "../../review/index.js";
import { clusterExtension, type Form, formsOf, step, type Thing } from "./forms.js";
import { whatIf } from "./planDocuments.js";
import { preview, type StepOf, vaultId } from "./previews.js";
import { said } from "./said.js";

// Backups of an AKS cluster are blobs, which a lifecycle rule of their storage account deletes like any others.

const group = vaultId().split("/providers")[0] ?? "";
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks`;
const account = (name = "staks") => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const extensionId = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azure-aks-backup`;
const extensionBody = (bucket: unknown = "backups") => ({
  extensionType: "Microsoft.DataProtection.Kubernetes",
  configurationSettings: {
    "configuration.backupStorageLocation.bucket": bucket,
    "configuration.backupStorageLocation.config.storageAccount": "staks",
    "configuration.backupStorageLocation.config.resourceGroup": group.split("/").at(-1),
    "configuration.backupStorageLocation.config.subscriptionId": group.split("/")[2],
  },
});
const instanceId = `${vaultId()}/backupInstances/aks`;
const instanceBody = { properties: { dataSourceInfo: { resourceID: cluster } } };
const stays = (type: string, id: string, name: string, inputs: object): StepOf =>
  step("same", { type, id, inputs: { ...inputs } }, inputs, name);
const backup = (bucket?: unknown): StepOf[] => [
  stays("azure-native:dataprotection:BackupInstance", instanceId, "backup", instanceBody),
  stays(`azure-native:${clusterExtension.native}`, extensionId, "extension", extensionBody(bucket)),
];

interface Rule {
  days?: number | string;
  since?: "Modification" | "Creation" | "LastAccessTime";
  prefixes?: unknown[];
  enabled?: boolean;
  types?: string[];
  tags?: object[];
  /** What it deletes. @default baseBlob */
  of?: "baseBlob" | "snapshot";
}

const policy = (rules: Rule[], name = "staks"): Thing => ({
  id: `${account(name)}/managementPolicies/default`,
  arm: "Microsoft.Storage/storageAccounts/managementPolicies",
  native: "storage:ManagementPolicy",
  classic: ["azure:storage/managementPolicy:ManagementPolicy", "azurerm_storage_management_policy"],
  body: {
    accountName: name,
    properties: {
      policy: {
        rules: rules.map(
          ({ days, since = "Modification", prefixes = [], enabled = true, of = "baseBlob", ...which }) => ({
            ...{ name: "old", enabled, type: "Lifecycle" },
            definition: {
              filters: {
                ...{ blobTypes: which.types ?? ["blockBlob"], prefixMatch: prefixes },
                ...(which.tags && { blobIndexMatch: which.tags }),
              },
              actions:
                days === undefined
                  ? { [of]: { tierToCool: { daysAfterModificationGreaterThan: 1 } } }
                  : { [of]: { delete: { [`daysAfter${since}GreaterThan`]: days } } },
            },
          }),
        ),
      },
    },
  },
  arguments: {
    storageAccountId: account(name),
    rules: rules.map(({ days, since = "Modification", prefixes = [], enabled = true, of = "baseBlob", ...which }) => ({
      ...{ name: "old", enabled },
      filters: {
        ...{ blobTypes: which.types ?? ["blockBlob"], prefixMatch: prefixes },
        ...(which.tags && { matchBlobIndexTags: which.tags }),
      },
      actions: { [of]: { [`deleteAfterDaysSince${since}GreaterThan`]: days ?? -1 } },
    })),
  },
});

const weakened = "warn backup-source-weakened";

/** What is found in every provider's form. Undefined: the policy is created. */
async function found(before: Rule[] | undefined, after: Rule[], name?: string, bucket?: unknown): Promise<string> {
  const wanted = formsOf(policy(after, name));
  const all = formsOf(policy(before ?? [], name)).map(async (it, index) => {
    const becomes = wanted[index] as Form;
    // What has no ID yet says which account it is of.
    const place = {
      storageAccountId: account(name),
      parentId: account(name),
      parentResourcePath: `storageAccounts/${name ?? "staks"}`,
    };
    const { id: _, ...inputs } = { ...becomes.inputs, ...place } as Record<string, unknown>;
    const change: StepOf = before
      ? step("update", it, becomes.inputs)
      : { op: "create", type: it.type, name: "it", new: inputs };
    return said(await review(preview(...backup(bucket), change))).join();
  });
  return [...new Set(await Promise.all(all))].join(" | ");
}

const week = { days: 7 };
test.each<[what: string, verdicts: string, before: Rule[] | undefined, after: Rule[]]>([
  ["is created and deletes all blobs", weakened, undefined, [week]],
  ["is created and deletes those in the container", weakened, undefined, [{ ...week, prefixes: ["backups/"] }]],
  ["is created and deletes those in other containers", "", undefined, [{ ...week, prefixes: ["logs/", "old/"] }]],
  ["deletes blobs sooner", weakened, [{ days: 365 }], [{ days: 3 }]],
  ["deletes blobs later", "", [{ days: 3 }], [{ days: 365 }]],
  ["deletes blobs for the first time", weakened, [{}], [week]],
  ["stops to delete blobs", "", [week], [{}]],
  ["moves blobs to another tier", "", [], [{}]],
  ["deletes snapshots of blobs", "", [], [{ ...week, of: "snapshot" }]],
  ["is not in effect", "", [], [{ ...week, enabled: false }]],
  ["is in effect from now on", weakened, [{ ...week, enabled: false }], [week]],
  ["takes in another container, which has the backups", weakened, [{ ...week, prefixes: ["logs/"] }], [week]],
  ["begins like the container", weakened, [], [{ ...week, prefixes: ["back"] }]],
  ["is about a part of the container", weakened, [], [{ ...week, prefixes: ["backups/old"] }]],
  ["is about a container whose name begins like it", "", [], [{ ...week, prefixes: ["backups2/"] }]],
  ["has a prefix that is only known later", weakened, [], [{ ...week, prefixes: [unknownSentinel] }]],
  ["has days that are only known later", weakened, [week], [{ days: unknownSentinel }]],
  ["counts from the creation instead", weakened, [week], [{ ...week, since: "Creation" }]],
  ["counts from the last access instead", "", [week], [{ ...week, since: "LastAccessTime" }]],
  ["is the same", "", [week], [week]],
  ["is the same with its type in other letters", "", [week], [{ ...week, types: ["BlockBlob"] }]],
  ["is about append blobs", "", [], [{ ...week, types: ["appendBlob"] }]],
  ["has its days as a text", weakened, [{ days: "365" }], [{ days: "3" }]],
])("a lifecycle rule that %s: found is %j in every provider's form", async (_, verdicts, before, after) => {
  expect(await found(before, after)).toBe(verdicts);
});

test("a lifecycle rule of another storage account is no finding", async () => {
  expect(await found(undefined, [week], "stother")).toBe("");
});

test("if the preview hides the container, it may be any that a rule is about", async () => {
  expect(await found([], [{ ...week, prefixes: ["logs/"] }], "staks", secret)).toBe(weakened);
});

test("if the preview hides the storage account, it may be any, and the finding says that", async () => {
  const [instance, extension] = backup();
  const hidden = { ...extensionBody(), configurationSettings: secret };
  const steps = [instance as StepOf, { ...(extension as StepOf), old: hidden, new: hidden }];
  const [before, after] = [[], [week]].map((rules) => formsOf(policy(rules, "stother")));
  for (const [index, it] of (before ?? []).entries()) {
    const report = await review(preview(...steps, step("update", it, after?.[index]?.inputs)));
    expect([it.type, said(report)]).toEqual([it.type, [weakened]]);
    expect(report.resources.flatMap(({ verdicts }) => verdicts)[0]?.reason).toBe(
      'The backups of backup in Backup vault "payroll" are blobs in a storage account that the preview hides. If it is this one, they ' +
        "may be lost: a lifecycle rule would delete all blobs (7 days after their last modification).",
    );
  }
});

test("the finding says which blobs are deleted, when, and what to do", async () => {
  const [it] = formsOf(policy([]));
  const [{ inputs } = { inputs: {} }] = formsOf(
    policy([
      { days: 7, prefixes: ["backups/"] },
      { days: 30, since: "LastAccessTime", prefixes: ["logs/", ""] },
    ]),
  );
  const report = await review(preview(...backup(), step("update", it as Form, inputs)));
  const [verdict] = report.resources.flatMap(({ verdicts }) => verdicts);
  expect(verdict?.reason).toBe(
    'The backups of backup in Backup vault "payroll" are blobs in this storage account. A lifecycle rule would delete ' +
      "blobs under backups/ (7 days after their last modification) and all blobs (30 days after their last access).",
  );
  expect(verdict?.remediation).toMatch(/^Leave the container with the backups out of the rule/);
  expect(verdict?.source).toMatch(/lifecycle-management-policy-delete$/);
});

test("the finding says that a rule is only about blobs with certain tags, or under a prefix that is not known", async () => {
  const reasonOf = async (rule: Rule) => {
    const [it] = formsOf(policy([]));
    const [after] = formsOf(policy([rule]));
    const report = await review(preview(...backup(), step("update", it as Form, after?.inputs)));
    return report.resources[0]?.verdicts[0]?.reason;
  };
  const tagged = { ...week, tags: [{ name: "a", op: "==", value: "b" }] };
  expect(await reasonOf(tagged)).toContain("would delete blobs with certain tags (7 days");
  expect(await reasonOf({ ...tagged, prefixes: ["backups/"] })).toContain("blobs with certain tags under backups/ (7");
  expect(await reasonOf({ ...week, prefixes: [unknownSentinel] })).toContain(
    "would delete blobs under a prefix that is not known (7 days",
  );
});

test("what-if shows it as well", async () => {
  const kept = (resourceId: string, body: object) => ({
    ...{ resourceId, changeType: "NoChange", before: { id: resourceId, ...body } },
    after: { id: resourceId, ...body },
  });
  const { id, arm: type, body } = policy([week]);
  const result = whatIf(kept(instanceId, instanceBody), kept(extensionId, { properties: extensionBody() }), {
    ...{ resourceId: id, changeType: "Create", before: null },
    after: { id, type, ...body },
  });
  expect(said(await review(result))).toEqual([weakened]);
});
