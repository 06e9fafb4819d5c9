import { review } from "../../review/index.js";
import { blobInstance, type Form, formsOf, step, type Thing } from "./forms.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf, vaultId } from "./previews.js";
import { said } from "./said.js";
import { blobPolicy, instanceBody } from "./storageBackups.js";

// What operational backups need of their storage account, by the preview alone. Azure Backup itself switches it on, so that most programs
// never set it.

const group = vaultId().split("/providers")[0] ?? "";
const account = (name = "stblobs") => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
const policyId = `${vaultId()}/backupPolicies/daily`;

/** The account is backed up by a policy with these stores. */
const backup = (stores = ["OperationalStore"]): StepOf[] => {
  const policy = blobPolicy({ stores });
  const containers = stores.includes("VaultStore") ? ["a"] : undefined;
  const body = instanceBody(account(), policyId, { ...(containers && { containers }) });
  const [it] = formsOf({ id: `${vaultId()}/backupInstances/blobs`, ...blobInstance, body });
  return [
    step("same", it as Form, it?.inputs, "backup"),
    step("same", { type: "azure-native:dataprotection:BackupPolicy", id: policyId, inputs: policy }, policy, "policy"),
  ];
};

const weakened = ["warn backup-source-weakened"];
const found = async (...steps: StepOf[]) => said(await review(preview(...backup(), ...steps)));
const reasons = async (...steps: StepOf[]) =>
  (await review(preview(...backup(), ...steps))).resources.flatMap(({ verdicts }) =>
    verdicts.map((each) => each.reason),
  );

const service = (properties: object, of = account()): Thing => ({
  id: `${of}/blobServices/default`,
  arm: "Microsoft.Storage/storageAccounts/blobServices",
  native: "storage:BlobServiceProperties",
  body: { properties },
});
const forms = (properties: object) => formsOf(service(properties));

describe("what the program sets for the first time, of the blob service", () => {
  const cors = { cors: { corsRules: [] } };
  test.each<[what: string, verdicts: string[], set: object]>([
    ["versioning off", weakened, { isVersioningEnabled: false }],
    ["the change feed off", weakened, { changeFeed: { enabled: false } }],
    ["point-in-time restore off", weakened, { restorePolicy: { enabled: false } }],
    ["versioning on", [], { isVersioningEnabled: true }],
    ["soft delete for some days", [], { deleteRetentionPolicy: { enabled: true, days: 7 } }],
    ["nothing of this", [], { defaultServiceVersion: "2021-06-08" }],
  ])("%s: found is %j in every form of Azure's own", async (_, verdicts, set) => {
    const wanted = forms({ ...cors, ...set });
    const all = forms(cors).map((it, index) => found(step("update", it, wanted[index]?.inputs)));
    expect(await Promise.all(all)).toEqual(Array(all.length).fill(verdicts));
  });

  const native: Form = {
    ...{ type: "azure-native:storage:BlobServiceProperties", id: service({}).id },
    inputs: { accountName: "stblobs", blobServicesName: "default" },
  };
  test.each<[what: string, verdicts: string[], outputs: object, set: object]>([
    ["off, which the outputs have on", weakened, { isVersioningEnabled: true }, { isVersioningEnabled: false }],
    ["off, which the outputs have off", [], { isVersioningEnabled: false }, { isVersioningEnabled: false }],
    [
      "for fewer days than the outputs have",
      weakened,
      { deleteRetentionPolicy: { enabled: true, days: 35 } },
      { deleteRetentionPolicy: { enabled: true, days: 7 } },
    ],
    [
      "for as many days as the outputs have",
      [],
      { deleteRetentionPolicy: { enabled: true, days: 7 } },
      { deleteRetentionPolicy: { enabled: true, days: 7 } },
    ],
    ["not, which the outputs have on", [], { isVersioningEnabled: true }, {}],
  ])("%s: found is %j", async (_, verdicts, outputs, set) => {
    const update = step("update", native, { ...native.inputs, ...set });
    expect(await found({ ...update, outputs: { ...outputs } })).toEqual(verdicts);
  });

  test("the reason names the days before, which only the outputs have", async () => {
    const days = (count: number) => ({ deleteRetentionPolicy: { enabled: true, days: count } });
    const [reason] = await reasons({ ...step("update", native, { ...native.inputs, ...days(7) }), outputs: days(35) });
    expect(reason).toContain("soft delete of blobs (7 days instead of 35)");
  });

  test("off, which what-if has read from Azure without it: found is nothing", async () => {
    const id = service({}).id;
    const of = (properties: object) => ({ id, type: service({}).arm, properties });
    const kept = backup().map(({ id: resourceId, old }) => ({
      ...{ resourceId, changeType: "NoChange", before: { id: resourceId, ...old } },
      after: { id: resourceId, ...old },
    }));
    const result = async (before: object) =>
      said(
        await review(
          whatIf(...kept, {
            ...{ resourceId: id, changeType: "Modify", before: of(before) },
            after: of({ restorePolicy: { enabled: false } }),
          }),
        ),
      );
    expect(await result(cors)).toEqual([]);
    expect(await result({ restorePolicy: { enabled: true, days: 30 } })).toEqual(weakened);
  });
});

describe("a new block of an account of the classic provider, which sets all that is in it", () => {
  const it: Form = { type: "azure:storage/account:Account", id: account(), inputs: { name: "stblobs" } };
  const on = { versioningEnabled: true, changeFeedEnabled: true, restorePolicy: { days: 30 } };
  const update = (block: object, outputs: object): StepOf => ({
    ...step("update", it, { ...it.inputs, blobProperties: block }),
    outputs: { ...outputs },
  });

  test("switches off what the outputs have on, also what it leaves out", async () => {
    expect(await found(update({ versioningEnabled: false }, { blobProperties: on }))).toEqual(weakened);
    expect(await found(update({ corsRules: [] }, { blobProperties: on }))).toEqual(weakened);
    expect(await found(update(on, { blobProperties: on }))).toEqual([]);
    expect(await found(update({ corsRules: [] }, {}))).toEqual([]);
  });
});

const vaultedReasons = async (properties: object, stores: string[], op = "update") => {
  const wanted = forms(properties);
  const before = {
    isVersioningEnabled: true,
    changeFeed: { enabled: true },
    restorePolicy: { enabled: true, days: 7 },
  };
  const all = forms(before).map(async (it, index) => {
    const report = await review(preview(...backup(stores), step(op, it, wanted[index]?.inputs)));
    return report.resources.flatMap(({ verdicts }) => verdicts.map(({ decision, reason }) => `${decision}: ${reason}`));
  });
  const [first, ...others] = await Promise.all(all);
  for (const each of others) expect(each).toEqual(first);
  return first;
};

const [feed, restore] = [{ changeFeed: { enabled: true } }, { restorePolicy: { enabled: true, days: 7 } }];
test.each<[what: string, changes: string | undefined, properties: object]>([
  ["versioning off", "blob versioning (off)", { isVersioningEnabled: false, ...feed, ...restore }],
  ["versioning left out", "blob versioning (off)", { ...feed, ...restore }],
  ["the change feed off", "the change feed (off)", { isVersioningEnabled: true, changeFeed: { enabled: false } }],
  [
    "the change feed for some days",
    undefined,
    { isVersioningEnabled: true, changeFeed: { enabled: true, retentionInDays: 7 } },
  ],
  ["point-in-time restore off", undefined, { isVersioningEnabled: true, ...feed }],
])("vaulted backups of blobs, with %s: the changes that stop replication are %j", async (_, changes, properties) => {
  const expected = changes && `which needs what this would change: ${changes}. Without it, the next ones may fail.`;
  const found = await vaultedReasons({ ...properties }, ["VaultStore"]);
  expect(found).toEqual(
    expected === undefined ? [] : [expect.stringMatching(/^warn: Backups of backup in .* go into the/)],
  );
  expect(found?.join()).toContain(expected ?? "");
});

test("backups in the account and in the vault are told once what both need", async () => {
  const found = await vaultedReasons({ ...feed, ...restore }, ["OperationalStore", "VaultStore"]);
  expect(found).toEqual([expect.stringContaining("are in this storage account")]);
});

test("a service whose account has vaulted backups, and that is deleted, is a warning", async () => {
  expect(await vaultedReasons({}, ["VaultStore"], "delete")).toEqual([
    expect.stringContaining("blob versioning (off)"),
  ]);
});

/** In each form, a replacement that writes to an account, of what was in another. */
const replacedIn = async (before: Thing, after: Thing, more: Partial<StepOf> = {}) => {
  const place = ({ id }: Thing) => ({
    ...{ accountName: id.split("/")[8], storageAccountId: id.split("/").slice(0, 9).join("/") },
    ...{ parentId: id.split("/").slice(0, 9).join("/"), parentResourcePath: `storageAccounts/${id.split("/")[8]}` },
  });
  const wanted = formsOf(after);
  const all = formsOf(before).map((it, index) => {
    const { id: _, ...becomes } = { ...wanted[index]?.inputs, ...place(after) } as Record<string, unknown>;
    return found({ ...step("replace", { ...it, inputs: { ...it.inputs, ...place(before) } }, becomes), ...more });
  });
  return [...new Set((await Promise.all(all)).map((each) => each.join()))];
};
const [on, off] = [{ isVersioningEnabled: true }, { isVersioningEnabled: false }];
const other = account("stother");

test("a blob service that is replaced is judged in the account that it was in, and in the one that it is in then", async () => {
  expect(await replacedIn(service(on, other), service(off))).toEqual(weakened);
  expect(await replacedIn(service(off, other), service(off))).toEqual(weakened);
  expect(await replacedIn(service(on, other), service(on))).toEqual([""]);
  expect(await replacedIn(service(on), service(on, other))).toEqual(weakened);
  expect(await replacedIn(service(on), service(on, other), { retainOnDelete: true })).toEqual([""]);
  expect(await replacedIn(service({}), service(off, other))).toEqual([""]);
  expect(await replacedIn(service(on), service(off))).toEqual(weakened);
  expect(await replacedIn(service({}), service(off))).toEqual(weakened);
  expect(await replacedIn(service(on), service(off), { retainOnDelete: true })).toEqual(weakened);
  expect(await replacedIn(service(on), service(on), { retainOnDelete: true })).toEqual([""]);
});

test("an azapi_update_resource that is moved, or leaves out what it has set, is judged by what it sets then", async () => {
  const of = (name: string, properties: object) => ({
    ...{ type: `${service({}).arm}@2024-01-01`, resource_id: service({}, account(name)).id, body: { properties } },
  });
  const replace = (from: ReturnType<typeof of>, to: ReturnType<typeof of>, op = "replace") =>
    found(step(op, { type: "azapi_update_resource", id: from.resource_id, inputs: from }, to));
  expect(await replace(of("stother", off), of("stblobs", off))).toEqual(weakened);
  expect(await replace(of("stblobs", on), of("stother", on))).toEqual([]);
  expect(await replace(of("stblobs", on), of("stblobs", {}), "update")).toEqual([]);
  expect(await replace(of("stblobs", on), of("stblobs", off), "update")).toEqual(weakened);
});

test("a lifecycle policy that is replaced is judged as one that changes, and in another account as a new one", async () => {
  const policy = (days: number | undefined, of = account()): Thing => ({
    id: `${of}/managementPolicies/default`,
    arm: "Microsoft.Storage/storageAccounts/managementPolicies",
    native: "storage:ManagementPolicy",
    classic: ["azure:storage/managementPolicy:ManagementPolicy", "azurerm_storage_management_policy"],
    body: {
      properties: {
        policy: {
          rules: days
            ? [{ definition: { actions: { version: { delete: { daysAfterCreationGreaterThan: days } } } } }]
            : [],
        },
      },
    },
    arguments: {
      storageAccountId: of,
      rules: days ? [{ actions: { version: { deleteAfterDaysSinceCreation: days } } }] : [],
    },
  });
  expect(await replacedIn(policy(30), policy(1))).toEqual(weakened);
  expect(await replacedIn(policy(1), policy(30))).toEqual([""]);
  expect(await replacedIn(policy(1, other), policy(1))).toEqual(weakened);
  expect(await replacedIn(policy(1), policy(1, other))).toEqual([""]);
  expect(await replacedIn(policy(undefined, other), policy(undefined))).toEqual([""]);
});

test("a plan of azurerm in which everything is off and stays so is no finding", async () => {
  const off = { versioning_enabled: false, change_feed_enabled: null, restore_policy: [], delete_retention_policy: [] };
  const of = (tags: object) => ({ id: account(), name: "stblobs", blob_properties: [off], tags });
  const instance = { id: `${vaultId()}/backupInstances/b`, vault_id: vaultId(), storage_account_id: account() };
  const plan = terraformPlan([
    {
      ...{ type: "azurerm_data_protection_backup_instance_blob_storage", actions: ["no-op"] },
      ...{ before: instance, after: instance },
    },
    { type: "azurerm_storage_account", actions: ["update"], before: of({}), after: of({ a: "b" }) },
  ]);
  expect(said(await review(plan))).toEqual([]);
});
