import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { itemNameOf } from "../../emulator/storage/fileShares.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { type Report, review } from "../../review/index.js";
import { blobInstance, type Form, formsOf, step, type Thing } from "./forms.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { said } from "./said.js";
import { blobPolicy, instanceBody, sharePolicy } from "./storageBackups.js";

// The storage account that a backup is of: operational backups are kept in it, and in no vault.

let azure: Emulator;
const at = (group: string, path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/${path}`;
const account = (name: string) => at("rg-app", `Microsoft.Storage/storageAccounts/${name}`);
const vault = () => at("rg-vaults", "Microsoft.DataProtection/backupVaults/bv-blobs");
const recovery = () => at("rg-vaults", "Microsoft.RecoveryServices/vaults/rsv-shares");
const policy = (name: string, of = vault()) => `${of}/backupPolicies/${name}`;

const instanceOf = (name: string, policyName: string) => instanceBody(account(name), policy(policyName));

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  for (const name of ["rg-vaults", "rg-app", "rg-shares", "rg-vaulted", "rg-other"]) azure.createResourceGroup(name);
  const storageSettings = [{ datastoreType: "VaultStore", type: "GeoRedundant" }];
  azure.arm("PUT", vault(), { location: "westeurope", properties: { storageSettings } });
  for (const [name, store] of [["operational", "OperationalStore"] as const, ["vaulted", "VaultStore"] as const])
    azure.arm("PUT", policy(name), blobPolicy({ stores: [store] }));
  for (const [name, policyName] of [["stoperational", "operational"] as const, ["stvaulted", "vaulted"] as const]) {
    azure.createDataSource(account(name));
    azure.arm("PUT", `${vault()}/backupInstances/${name}`, instanceOf(name, policyName));
  }
  azure.createDataSource(account("stfree"));
  azure.createDataSource(at("rg-other", "Microsoft.Storage/storageAccounts/stother"));
  azure.vault(vault());

  azure.arm("PUT", recovery(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  azure.arm("PUT", policy("shares", recovery()), sharePolicy);
  azure.arm("PUT", share(), {});
  const source = { sourceResourceId: shares() };
  azure.arm("PUT", shareContainer(), {
    properties: { containerType: "StorageContainer", backupManagementType: "AzureStorage", ...source },
  });
  azure.arm("PUT", itemId(), {
    properties: {
      protectedItemType: "AzureFileShareProtectedItem",
      ...source,
      policyId: policy("shares", recovery()),
    },
  });
  azure.createDataSource(shares());
});
afterAll(() => azure.close());

const shares = () => at("rg-shares", "Microsoft.Storage/storageAccounts/stshares");
const share = () => `${shares()}/fileServices/default/shares/salaries`;
const shareContainer = () =>
  `${recovery()}/backupFabrics/Azure/protectionContainers/StorageContainer;Storage;rg-shares;stshares`;
const itemId = () => `${shareContainer()}/protectedItems/${itemNameOf({ id: share() })}`;

const withAzure = async (...steps: StepOf[]) => said(await review(preview(...steps), { live: liveAzure(azure.env) }));
const withoutAzure = async (...steps: StepOf[]) => said(await review(preview(...steps)));

/** The creation of what is in an account, which has no ID yet. */
const created = ({ type, inputs }: Form, of: string): StepOf => ({
  ...{ op: "create", type, name: "it" },
  new: {
    ...{ accountName: of, parentId: `${account(of)}/blobServices`, parent_id: account(of) },
    ...{ ...inputs, parentResourcePath: `storageAccounts/${of}` },
  },
});

const accountThing = (id: string): Thing => ({
  id,
  arm: "Microsoft.Storage/storageAccounts",
  native: "storage:StorageAccount",
  classic: ["azure:storage/account:Account", "azurerm_storage_account"],
  body: { location: "westeurope" },
  arguments: { name: id.split("/").at(-1), location: "westeurope" },
});
const accounts = (id: string) => formsOf(accountThing(id));
const gone = (id: string): StepOf => step("delete", accounts(id)[0] as Form);
const instance = (name = "stoperational", policyName = "operational", more: object = {}): Thing => ({
  id: `${vault()}/backupInstances/${name}`,
  ...blobInstance,
  body: instanceOf(name, policyName),
  arguments: {
    ...{ vaultId: vault(), storageAccountId: account(name), backupPolicyId: policy(policyName) },
    ...more,
  },
  own: {
    ...{ vault: vault(), dataSource: "AzureBlob", dataSourceId: account(name), policyId: policy(policyName) },
    ...{ onDelete: "delete", ...more },
  },
});
const instances = (...of: Parameters<typeof instance>) => formsOf(instance(...of));

const item = (): Thing => ({
  id: itemId(),
  arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
  native: "recoveryservices:ProtectedItem",
  classic: ["azure:backup/protectedFileShare:ProtectedFileShare", "azurerm_backup_protected_file_share"],
  ours: "ProtectedItem",
  body: { properties: { sourceResourceId: shares(), policyId: policy("shares", recovery()) } },
  arguments: {
    ...{ sourceStorageAccountId: shares(), sourceFileShareName: "salaries" },
    backupPolicyId: policy("shares", recovery()),
  },
  own: { vault: recovery(), dataSource: "AzureFileShare", dataSourceId: share(), onDelete: "delete" },
});

const deleted = "backup-storage-account-deleted";

describe("a storage account", () => {
  test.each([
    ["with operational backups of blobs", () => account("stoperational"), [`refuse ${deleted}`]],
    ["with the snapshots of a file share", shares, [`refuse ${deleted}`]],
    ["whose backups are in the vault", () => account("stvaulted"), [`warn ${deleted}`]],
    ["that is not backed up", () => account("stfree"), []],
  ])("%s is judged by what the vaults in Azure back up, whoever manages it", async (_, id, verdicts) => {
    const reviewed = accounts(id()).flatMap((it) =>
      ["delete", "replace"].map(async (op) => ({ type: it.type, found: await withAzure(step(op, it)) })),
    );
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== verdicts.join())).toEqual([]);
  });

  test("is judged by the instance in the preview, whoever manages that, without access to Azure", async () => {
    const reviewed = instances().map(async (it) => ({
      type: it.type,
      found: await withoutAzure(step("same", it), gone(account("stoperational"))),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== `refuse ${deleted}`)).toEqual([]);
  });

  test("with Data Lake Storage is only backed up into the vault, whatever its policy is", async () => {
    const lake = "Microsoft.Storage/storageAccounts/adlsBlobServices";
    const { properties } = instanceOf("stlake", "hidden");
    const forms = formsOf({
      ...instance("stlake", "hidden"),
      classic: [
        "azure:dataprotection/backupInstanceDataLakeStorage:BackupInstanceDataLakeStorage",
        "azurerm_data_protection_backup_instance_data_lake_storage",
      ],
      body: { properties: { ...properties, dataSourceInfo: { ...properties.dataSourceInfo, datasourceType: lake } } },
      own: { vault: vault(), dataSource: "AzureDataLakeStorage", dataSourceId: account("stlake"), policyId: "hidden" },
    });
    const reviewed = forms.map(async (it) => ({
      type: it.type,
      found: await withoutAzure(step("same", it, it.inputs, "backup"), gone(account("stlake"))),
    }));
    expect((await Promise.all(reviewed)).filter(({ found }) => found.join() !== `warn ${deleted}`)).toEqual([]);
  });

  test("is no change that concerns a vault if the preview shows no backup of it, or is only updated", async () => {
    const unrelated = await review(preview(gone(account("stfree"))));
    expect(unrelated).toMatchObject({ decision: "clear", counts: { resources: 0, others: 1 } });
    const [it] = instances();
    expect(await withoutAzure(step("same", it as Form), gone(account("stfree")))).toEqual([]);
    const tagged = accounts(account("stoperational")).map((each) =>
      withAzure(step("update", each, { ...each.inputs, accessTier: "Cool" })),
    );
    expect((await Promise.all(tagged)).flat()).toEqual([]);
  });

  test("may go after the instances that the run deletes, but not with those that it stops", async () => {
    for (const it of instances()) {
      const found = await withAzure(step("delete", it, {}, "backup"), gone(account("stoperational")));
      expect(found.filter((each) => each.includes(deleted))).toEqual([]);
    }
    const [ours] = instances("stoperational", "operational", { onDelete: "suspend" }).filter(({ type }) =>
      type.includes("azure-backup"),
    );
    expect(await withAzure(step("delete", ours as Form, {}, "backup"), gone(account("stoperational")))).toContain(
      `refuse ${deleted}`,
    );
  });

  const replacedWith = async (backup: Form, id: string, op = "replace") => {
    const [it] = accounts(id);
    const found = await withAzure(step("replace", backup, backup.inputs, "backup"), step(op, it as Form));
    return found.filter((each) => each.includes(deleted));
  };

  test("is refused if it is replaced, or deleted, in the run that replaces its instance or item", async () => {
    const all = [
      ...instances().map((it) => [it, account("stoperational")] as const),
      ...formsOf(item()).map((it) => [it, shares()] as const),
    ];
    const reviewed = all.flatMap(([it, id]) =>
      ["replace", "delete"].map(async (op) => ({ type: it.type, op, found: await replacedWith(it, id, op) })),
    );
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== `refuse ${deleted}`)).toEqual([]);
    const [group] = account("").split("/providers");
    const wholeGroup: StepOf = {
      ...{ op: "delete", type: "azurerm_resource_group", name: "group", id: group, old: { location: "westeurope" } },
    };
    const [it] = instances();
    expect(await withAzure(step("replace", it as Form, it?.inputs, "backup"), wholeGroup)).toContain(
      `refuse ${deleted}`,
    );
  });

  test("is no finding with a replaced instance if it stays, or if its backups are in the vault or given up", async () => {
    const [it, vaulted] = [instances()[0] as Form, instances("stvaulted", "vaulted")[0] as Form];
    expect(await replacedWith(vaulted, account("stvaulted"))).toEqual([]);
    expect(await replacedWith(it, account("stfree"))).toEqual([]);
    expect(await replacedWith(it, account("stoperational"), "update")).toEqual([]);
    const [own] = accounts(account("stoperational"));
    const replaced = step("replace", own as Form);
    const kept = await withAzure(step("replace", it, it.inputs, "backup"), { ...replaced, retainOnDelete: true });
    expect(kept.filter((each) => each.includes(deleted))).toEqual([]);
    const givenUp = await withAzure(step("delete", it, {}, "backup"), replaced);
    expect(givenUp.filter((each) => each.includes(deleted))).toEqual([]);
  });

  test("is undecided where its backups may be in it or in the vault", async () => {
    const containers = { storageAccountContainerNames: ["a"], containers: ["a"] };
    const reviewed = instances("stoperational", "hidden", containers)
      .filter(({ type }) => /^azure:|azurerm|azure-backup/.test(type))
      .map((it) => withoutAzure(step("same", it), gone(account("stoperational"))));
    const found = await Promise.all(reviewed);
    expect(new Set(found.flat())).toEqual(new Set([`undecided ${deleted}`]));
  });

  test("is refused with its resource group", async () => {
    const group = (name: string): StepOf => ({
      ...{ op: "delete", type: "azurerm_resource_group", name: "group", id: at(name, "").split("/providers")[0] },
      old: { location: "westeurope" },
    });
    expect(await withAzure(group("rg-app"))).toEqual([`refuse ${deleted}`]);
    expect(await withAzure(group("rg-shares"))).toEqual([`refuse ${deleted}`]);
    expect(await withAzure(group("rg-other"))).toEqual([]);
    const [it] = instances();
    const blind = ["undecided resource-group-deleted", `refuse ${deleted}`];
    expect(await withoutAzure(step("same", it as Form), group("rg-app"))).toEqual(blind);
  });

  test("counts as not checked only if the preview shows a backup of it", async () => {
    const change = (id: string) => ({ resourceId: id, changeType: "Modify", before: null, after: null });
    expect(await review(whatIf(change(account("stfree"))))).toMatchObject({ decision: "clear" });
    const body = { id: `${vault()}/backupInstances/stoperational`, ...instanceOf("stoperational", "operational") };
    const kept = { resourceId: body.id, changeType: "NoChange", before: body, after: body };
    const report = await review(whatIf(kept, change(account("stoperational"))));
    expect(report.decision).toBe("unchecked");
  });

  const act = (type: string, id: string, more: object) => ({
    resource_id: `${account("stoperational")}${id}`,
    ...{ type: `Microsoft.Storage/storageAccounts${type}@2024-01-01`, ...more },
  });
  test.each<[what: string, decision: string, action: () => object, actions?: string[]]>([
    ["deletes it", "unchecked", () => act("", "", { method: "DELETE" })],
    ["deletes it at destroy", "unchecked", () => act("", "", { method: "DELETE", when: "destroy" }), ["delete"]],
    ["does not delete it yet", "clear", () => act("", "", { method: "DELETE", when: "destroy" }), ["create"]],
    ["writes its service", "unchecked", () => act("/blobServices", "/blobServices/default", { method: "PUT" })],
    [
      "deletes what is in it",
      "unchecked",
      () => act("/fileServices/shares", "/fileServices/default/shares/a", { method: "DELETE" }),
    ],
    ["fails it over", "unchecked", () => act("", "", { action: "failover" })],
    ["reads its keys", "clear", () => act("", "", { action: "listKeys", method: "POST" })],
  ])("an action of azapi that %s is %s, if it is backed up", async (_, decision, action, actions = ["create"]) => {
    const change = (given: object) => ({
      ...{ type: "azapi_resource_action", actions },
      ...(actions[0] === "create" ? { after: given } : { before: given }),
    });
    const plan = (given: object) => terraformPlan([change(given)]);
    const given = action();
    expect((await review(plan(given), { live: liveAzure(azure.env) })).decision).toBe(decision);
    const other = JSON.parse(JSON.stringify(given).replaceAll("stoperational", "stfree")) as object;
    expect((await review(plan(other), { live: liveAzure(azure.env) })).decision).toBe("clear");
    expect((await review(plan(given))).decision).toBe("clear");
  });

  test("a template with its name is not checked, and one with that of another is", async () => {
    const template_content = (name: string) =>
      JSON.stringify({ resources: [{ type: "Microsoft.Storage/storageAccounts", name }] });
    const of = (name: string) =>
      review(
        terraformPlan([
          {
            ...{ type: "azurerm_resource_group_template_deployment", actions: ["update"] },
            ...{
              before: { template_content: template_content(name) },
              after: { template_content: template_content(name) },
            },
          },
        ]),
        { live: liveAzure(azure.env) },
      );
    expect((await of("stoperational")).decision).toBe("unchecked");
    expect((await of("stoperational2")).decision).toBe("clear");
  });

  test("that an action or a template of azapi or azurerm is about is no vault's", async () => {
    const action = {
      ...{ type: "Microsoft.Storage/storageAccounts@2024-01-01", resource_id: account("stfree") },
      ...{ action: "listKeys", method: "POST" },
    };
    const template_content = JSON.stringify({ resources: [{ type: "Microsoft.Storage/storageAccounts" }] });
    const plan = terraformPlan([
      { type: "azapi_resource_action", actions: ["create"], after: action },
      {
        type: "azurerm_resource_group_template_deployment",
        actions: ["update"],
        before: { template_content },
        after: { template_content, tags: {} },
      },
    ]);
    expect((await review(plan)).decision).toBe("clear");
  });
});

/** Without what is undefined. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("what is in a storage account that is backed up", () => {
  const parts = (of: string): Record<string, Thing> => ({
    share: {
      id: share(),
      classicId: "https://stshares.file.core.windows.net/salaries",
      arm: "Microsoft.Storage/storageAccounts/fileServices/shares",
      native: "storage:FileShare",
      classic: ["azure:storage/share:Share", "azurerm_storage_share"],
      body: { properties: {} },
      arguments: { name: "salaries", storageAccountName: "stshares" },
    },
    container: {
      id: `${account(of)}/blobServices/default/containers/a`,
      arm: "Microsoft.Storage/storageAccounts/blobServices/containers",
      native: "storage:BlobContainer",
      classic: ["azure:storage/container:Container", "azurerm_storage_container"],
      body: { properties: {} },
      arguments: { name: "a", storageAccountId: account(of) },
    },
    filesystem: {
      id: `${account(of)}/blobServices/default/containers/a`,
      classicId: `https://${of}.dfs.core.windows.net/a`,
      arm: "Microsoft.Storage/storageAccounts/blobServices/containers",
      native: "storage:BlobContainer",
      classic: [
        "azure:storage/dataLakeGen2Filesystem:DataLakeGen2Filesystem",
        "azurerm_storage_data_lake_gen2_filesystem",
      ],
      body: { properties: {} },
      arguments: { name: "a", storageAccountId: account(of) },
    },
  });

  test.each([
    ["share", "stoperational", ["warn backup-source-deleted"]],
    ["container", "stoperational", ["warn backup-source-deleted"]],
    ["container", "stvaulted", ["warn backup-source-deleted"]],
    ["container", "stfree", []],
    ["filesystem", "stvaulted", ["warn backup-source-deleted"]],
    ["filesystem", "stfree", []],
  ])("a %s of %s that is deleted: found is %j", async (what, of, verdicts) => {
    const reviewed = formsOf(parts(of)[what] as Thing).map(async (it) => ({
      type: it.type,
      found: await withAzure({ ...step("delete", it), outputs: { resourceManagerId: parts(of)[what]?.id } }),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== verdicts.join())).toEqual([]);
  });

  test.each([
    ["share", () => formsOf(item())],
    ["container", () => instances()],
  ])("a %s that is replaced in the run that replaces its backup is a warning", async (what, backups) => {
    const [part] = formsOf(parts("stoperational")[what] as Thing);
    const reviewed = backups().map(async (it) => ({
      type: it.type,
      found: await withAzure(step("replace", it, it.inputs, "backup"), step("replace", part as Form)),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => !each.found.includes("warn backup-source-deleted"))).toEqual([]);
  });

  test("another share of the account is not backed up", async () => {
    const other = { ...(parts("").share as Thing), id: share().replace("salaries", "other") };
    const [it] = formsOf(other);
    expect(await withAzure(step("delete", it as Form))).toEqual([]);
  });

  const container = (name: string): StepOf => ({
    ...{
      op: "delete",
      type: "azurerm_storage_container",
      name,
      id: `${account("stvaulted")}/blobServices/default/containers/${name}`,
    },
    old: { name, storageAccountId: account("stvaulted") },
  });
  const reasons = ({ resources }: Report) => resources.flatMap(({ verdicts }) => verdicts.map(({ reason }) => reason));
  const parametersOf = (each: object) => ({
    policyInfo: { policyId: policy("vaulted"), policyParameters: { backupDatasourceParametersList: [each] } },
  });
  const [isBackedUp, isPerhaps] = ["It is backed up by", "Whether this container is backed up is not known."];

  test.each<[what: string, found: string | undefined, parameters: object]>([
    ["named", isBackedUp, { containersList: ["tmp", "b"] }],
    ["not named", undefined, { containersList: ["a"] }],
    ["chosen by rules or not", isPerhaps, { autoProtectionSettings: { enabled: true, rules: [] } }],
  ])(
    "a container that the backup in the vault has %s: found is %j, in Azure and in the preview",
    async (_, found, parameters) => {
      const id = `${vault()}/backupInstances/stvaulted`;

      azure.arm("PUT", id, {
        properties: { ...instanceOf("stvaulted", "vaulted").properties, ...parametersOf(parameters) },
      });
      const live = await review(preview(container("tmp")), { live: liveAzure(azure.env) });
      azure.arm("PUT", id, instanceOf("stvaulted", "vaulted"));

      const thing = instance("stvaulted", "vaulted");
      const [it] = formsOf({
        ...thing,
        body: { properties: { ...(thing.body.properties as object), ...parametersOf(parameters) } },
      });
      const shownPolicy: StepOf = {
        ...{ op: "same", type: "azure-native:dataprotection:BackupPolicy", name: "policy", id: policy("vaulted") },
        ...{ old: blobPolicy({}), new: blobPolicy({}) },
      };
      const shown = await review(
        preview(step("same", it as Form, it?.inputs, "backup"), shownPolicy, container("tmp")),
      );
      for (const said of [live, shown].map(reasons)) {
        expect(said).toEqual(found === undefined ? [] : [expect.stringContaining(found)]);
      }
    },
  );

  const service = (properties: object, of = "stoperational"): Thing => ({
    id: `${account(of)}/blobServices/default`,
    arm: "Microsoft.Storage/storageAccounts/blobServices",
    native: "storage:BlobServiceProperties",
    body: { properties },
  });
  const armOn = {
    ...{ isVersioningEnabled: true, changeFeed: { enabled: true }, restorePolicy: { enabled: true, days: 30 } },
    deleteRetentionPolicy: { enabled: true, days: 35 },
  };
  const off: [what: string, properties: object][] = [
    ["versioning is off", { ...armOn, isVersioningEnabled: false }],
    ["the change feed is off", { ...armOn, changeFeed: { enabled: false } }],
    ["point-in-time restore is for fewer days", { ...armOn, restorePolicy: { enabled: true, days: 7 } }],
    ["point-in-time restore is not set", { ...armOn, restorePolicy: undefined }],
    ["the change feed is kept for fewer days", { ...armOn, changeFeed: { enabled: true, retentionInDays: 3 } }],
    ["soft delete is for fewer days", { ...armOn, deleteRetentionPolicy: { enabled: true, days: 8 } }],
  ];

  test.each(off)("%s: a warning in each form of Azure's own", async (_, properties) => {
    const [before, after] = [armOn, properties].map((each) => formsOf(service(each)));
    const reviewed = (before ?? []).map(async (it, index) => ({
      type: it.type,
      found: await withAzure(step("update", it, after?.[index]?.inputs)),
    }));
    const found = await Promise.all(reviewed);
    expect(found.filter((each) => each.found.join() !== "warn backup-source-weakened")).toEqual([]);
  });

  test("versioning that is off stops the vaulted backups that Azure shows, too", async () => {
    const [it] = formsOf(service(armOn, "stvaulted"));
    const [without] = formsOf(service({ ...armOn, isVersioningEnabled: false }, "stvaulted"));
    expect(await withAzure(step("update", it as Form, without?.inputs))).toEqual(["warn backup-source-weakened"]);
    const [other] = formsOf(service({ ...armOn, restorePolicy: { enabled: false } }, "stvaulted"));
    expect(await withAzure(step("update", it as Form, other?.inputs))).toEqual([]);
  });

  const blocks = {
    ...{ versioningEnabled: true, changeFeedEnabled: true, restorePolicy: { days: 30 } },
    deleteRetentionPolicy: { days: 35 },
  };
  test.each<[what: string, verdicts: string[], blobProperties: object | undefined]>([
    ["versioning off", ["warn backup-source-weakened"], { ...blocks, versioningEnabled: false }],
    ["no point-in-time restore", ["warn backup-source-weakened"], { ...blocks, restorePolicy: undefined }],
    ["a shorter soft delete", ["warn backup-source-weakened"], { ...blocks, deleteRetentionPolicy: { days: 8 } }],
    ["a change feed for fewer days", ["warn backup-source-weakened"], { ...blocks, changeFeedRetentionInDays: 3 }],
    ["a change feed without an end", [], { ...blocks, changeFeedRetentionInDays: 0 }],
    ["a longer soft delete", [], { ...blocks, deleteRetentionPolicy: { days: 80 } }],
    // azurerm keeps a block that is left out.
    ["no block", [], undefined],
  ])("an account of azurerm or the classic provider with %s: found is %j", async (_, verdicts, blobProperties) => {
    const thing = (properties: object | undefined): Thing => ({
      ...accountThing(account("stoperational")),
      arguments: { name: "stoperational", ...(properties && { blobProperties: properties }) },
    });
    const [before, after] = [blocks, blobProperties].map((each) => formsOf(thing(each)));
    const reviewed = (before ?? []).map(async (it, index) => ({
      type: it.type,
      found: await withAzure(step("update", it, JSON.parse(JSON.stringify(after?.[index]?.inputs)))),
    }));
    const found = (await Promise.all(reviewed)).filter(({ type }) => /^azure:|azurerm/.test(type));
    expect(found.filter((each) => each.found.join() !== verdicts.join())).toEqual([]);
  });

  test("what adopts the service of an account with other settings is a warning, too", async () => {
    const [it] = formsOf(service({ isVersioningEnabled: false }));
    expect(await withAzure(created(it as Form, "stoperational"))).toEqual(["warn backup-source-weakened"]);
    const [without] = formsOf(service({ cors: {} }));
    expect(await withAzure(created(without as Form, "stoperational"))).toEqual([]);
    const [other] = formsOf(service({ isVersioningEnabled: false }, "stfree"));
    expect(await withAzure(created(other as Form, "stfree"))).toEqual([]);
  });

  test.each([
    ["its ID", () => ({ resource_id: `${account("stoperational")}/blobServices/default` })],
    ["its ID, as Pulumi spells it", () => ({ resourceId: `${account("stoperational")}/blobServices/default` })],
    ["that of its account", () => ({ parent_id: account("stoperational"), name: "default" })],
    ["that of its account, as Pulumi spells it", () => ({ parentId: account("stoperational"), name: "default" })],
  ])("an azapi_update_resource that names the service by %s is found", async (_, named) => {
    const body = { properties: { isVersioningEnabled: false } };
    const type = "Microsoft.Storage/storageAccounts/blobServices@2024-01-01";
    const reviewed = ["azapi_update_resource", "azapi:index/updateResource:UpdateResource"].map((each) =>
      withAzure({ op: "create", type: each, name: "it", new: { type, ...named(), body } }),
    );
    expect((await Promise.all(reviewed)).flat()).toEqual(Array(2).fill("warn backup-source-weakened"));
  });

  type Rule = { days: number | string | undefined; prefixes?: unknown; types?: string[]; tags?: object[] };
  const inArm = ({ days, prefixes, types = ["blockBlob"], tags }: Rule) => ({
    enabled: true,
    definition: {
      actions: days === undefined ? {} : { version: { delete: { daysAfterCreationGreaterThan: days } } },
      filters: { blobTypes: types, prefixMatch: prefixes, blobIndexMatch: tags },
    },
  });
  const inClassic = ({ days, prefixes, types = ["blockBlob"], tags }: Rule) => ({
    ...{ name: "old", enabled: true },
    actions: days === undefined ? {} : { version: { deleteAfterDaysSinceCreation: days } },
    filters: { blobTypes: types, prefixMatch: prefixes, matchBlobIndexTag: tags },
  });
  const rules = (...all: Rule[]): Thing => ({
    id: `${account("stoperational")}/managementPolicies/default`,
    arm: "Microsoft.Storage/storageAccounts/managementPolicies",
    native: "storage:ManagementPolicy",
    classic: ["azure:storage/managementPolicy:ManagementPolicy", "azurerm_storage_management_policy"],
    body: { properties: { policy: { rules: all.map(inArm) } } },
    arguments: { storageAccountId: account("stoperational"), rules: all.map(inClassic) },
  });
  const rule = (days: Rule["days"]) => rules({ days });

  const logs = { days: 7, prefixes: ["logs/"] };
  test.each<[what: string, verdicts: string[], before: Rule[], after: Rule[]]>([
    ["no prefix any more", ["warn backup-source-weakened"], [logs], [{ days: 7, prefixes: [] }]],
    ["a shorter prefix", ["warn backup-source-weakened"], [logs], [{ days: 7, prefixes: ["log"] }]],
    ["another prefix", ["warn backup-source-weakened"], [logs], [logs, { days: 30, prefixes: ["data/"] }]],
    ["an unknown prefix", ["warn backup-source-weakened"], [logs], [{ days: 7, prefixes: [unknownSentinel] }]],
    ["another type", ["warn backup-source-weakened"], [logs], [{ ...logs, types: ["blockBlob", "appendBlob"] }]],
    [
      "no tag",
      ["warn backup-source-weakened"],
      [{ days: 7, tags: [{ name: "a", op: "==", value: "b" }] }],
      [{ days: 7 }],
    ],
    [
      "a tag that is only known later, as it was",
      [],
      [{ days: 7, tags: [{ name: "a", op: "==", value: unknownSentinel }] }],
      [{ days: 9, tags: [{ name: "a", op: "==", value: unknownSentinel }] }],
    ],
    [
      "another tag beside one that is only known later",
      ["warn backup-source-weakened"],
      [{ days: 7, tags: [{ name: "a", op: "==", value: unknownSentinel }] }],
      [{ days: 7, tags: [{ name: "b", op: "==", value: unknownSentinel }] }],
    ],
    ["a longer prefix", [], [logs], [{ days: 7, prefixes: ["logs/old/"] }]],
    ["a prefix", [], [{ days: 7 }], [logs]],
    ["the same in one rule", [], [logs, { days: 9, prefixes: ["old/"] }], [{ days: 9, prefixes: ["old/", "logs/"] }]],
  ])("a lifecycle rule with %s: found is %j", async (_, verdicts, before, after) => {
    const [old, wanted] = [before, after].map((all) => formsOf(rules(...all)).map(plain));
    const all = (old ?? []).map((it, index) => withAzure(step("update", it, wanted?.[index]?.inputs)));
    expect([...new Set((await Promise.all(all)).map((each) => each.join()))]).toEqual([verdicts.join()]);
  });

  test("a lifecycle rule that deletes versions of blobs, or does it sooner, is a warning", async () => {
    const found = async (op: string, before: number | undefined, after: number | string | undefined) => {
      const [old, wanted] = [before, after].map((days) => formsOf(rule(days)));
      const all = (old ?? []).map((it, index) => {
        const becomes = wanted?.[index] as Form;
        return withAzure(op === "create" ? created(becomes, "stoperational") : step(op, it, becomes.inputs));
      });
      return [...new Set((await Promise.all(all)).map((each) => each.join()))];
    };
    expect(await found("create", undefined, 1)).toEqual(["warn backup-source-weakened"]);
    expect(await found("update", undefined, 1)).toEqual(["warn backup-source-weakened"]);
    expect(await found("update", 30, 7)).toEqual(["warn backup-source-weakened"]);
    expect(await found("update", 7, 30)).toEqual([""]);
    expect(await found("update", 7, unknownSentinel)).toEqual(["warn backup-source-weakened"]);
    expect(await found("create", undefined, undefined)).toEqual([""]);
  });

  test("a lock on the account, and the one that Azure Backup sets, is a warning", async () => {
    const lock = (scope: string, name: string): StepOf => ({
      ...{ op: "delete", type: "azurerm_management_lock", name: "lock" },
      id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
      old: { scope, lockLevel: "CanNotDelete" },
    });
    const removed = "warn backup-storage-account-lock-removed";
    expect(await withAzure(lock(account("stoperational"), "mine"))).toEqual([removed]);
    expect(await withAzure(lock(account("stfree"), "mine"))).toEqual([]);
    expect(await withAzure(lock(account("x").split("/providers")[0] ?? "", "mine"))).toEqual([removed]);
    expect(await withoutAzure(lock(account("stfree"), "AzureBackupProtectionLock"))).toEqual([removed]);
    const [it] = instances();
    const shown = step("same", it as Form, it?.inputs, "backup");
    const group = account("x").split("/providers")[0] ?? "";
    expect(await withoutAzure(shown, lock(account("stoperational"), "mine"))).toEqual([removed]);
    expect(await withoutAzure(shown, lock(group, "mine"))).toContain(removed);
  });
});
