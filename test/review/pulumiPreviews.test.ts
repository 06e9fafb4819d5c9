import { componentNames, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { isPreviewError, type Report, review } from "../../review/index.js";
import { isVaultOrPart, isVaultType } from "../../review/vaults/index.js";
import { events, preview, type StepOf, urnOf, vaultId } from "./previews.js";

const type = "azure-native:dataprotection:BackupVault";
const vault = (immutability: string, vaultName = "payroll") => ({
  vaultName,
  resourceGroupName: "backups",
  location: "westeurope",
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: immutability } },
  },
});
const step = (op: string, from?: string, to?: string, more: Partial<StepOf> = {}): StepOf => ({
  op,
  type,
  name: "payroll",
  ...(from && { old: vault(from) }),
  ...(to && { new: vault(to) }),
  ...more,
});
/** The old vault of a replacement of an earlier run, which did not delete it. */
const left: StepOf = step("delete-replaced", "Locked", undefined, {
  id: vaultId("payroll-old"),
  old: vault("Locked", "payroll-old"),
});

const planned = ({ resources }: Report) => resources.map((each) => `${each.name} ${each.planned}`);
const refused = ({ resources }: Report) =>
  resources.flatMap(({ name, verdicts }) =>
    verdicts.filter(({ decision }) => decision === "refuse").map(({ code }) => `${name} ${code}`),
  );

/** Holds backups, whatever its name. */
const live = {
  vault: async () => ({ unreadable: "not asked" }),
  facts: async () => ({ protection: { value: [{ name: "payroll-blobs", state: "ProtectionConfigured" }] } }),
};

/** Why it is not a preview. Fails if it is one. */
const complaint = (text: string): Promise<string> =>
  review(text).then(
    (report) => `reviewed as ${report.decision}`,
    (error: Error) => (isPreviewError(error) ? error.message : `${error.stack}`),
  );

test("after a refresh, a change is judged from what the refresh found, not from the state before it", async () => {
  const steps = [step("refresh", "Unlocked", "Locked"), step("update", "Locked", "Disabled")];
  for (const text of [preview(...steps), events(...steps)]) {
    expect(refused(await review(text))).toEqual(["payroll immutability-locked"]);
  }
  // With --run-program, the document shows the program's new state as the one that the refresh found.
  const runProgram = [step("refresh", "Unlocked", "Disabled"), step("update", "Locked", "Disabled")];
  expect(refused(await review(preview(...runProgram)))).toEqual(["payroll immutability-locked"]);
});

test("a refresh that nothing follows changes no vault", async () => {
  const report = await review(preview(step("refresh", "Unlocked", "Locked")));
  expect(report).toMatchObject({ decision: "clear", resources: [] });
});

test("a deletion that an earlier run did not finish counts, beside a change of the resource that has its name now", async () => {
  for (const current of [
    step("same", "Locked", "Locked"),
    step("update", "Locked", "Unlocked"),
    step("create", undefined, "Disabled"),
  ]) {
    for (const text of [preview(current, left), events(current, left)]) {
      const report = await review(text, { live });
      expect(planned(report)).toContain("payroll-old delete");
      expect(refused(report)).toContain("payroll-old delete-with-instances");
      expect(refused(report).includes("payroll immutability-locked")).toBe(current.op === "update");
      const deletion = report.resources.find(({ name }) => name === "payroll-old");
      expect(deletion?.vaultId).toBe(vaultId("payroll-old"));
      expect(deletion?.notes.join()).toContain("did not delete the old one");
    }
  }
});

test("a replacement in steps is one change, whichever vault is deleted first, and a pending deletion is another", async () => {
  const to = vault("Locked", "payroll-new");
  const created = step("create-replacement", "Locked", undefined, { new: to, replaceReasons: ["vaultName"] });
  const replaced = step("replace", "Locked", undefined, { new: to, replaceReasons: ["vaultName"] });
  const deleted = step("delete-replaced", "Locked");
  for (const steps of [
    [created, replaced, deleted],
    [deleted, replaced, created],
  ]) {
    expect(planned(await review(preview(...steps)))).toEqual(["payroll replace"]);
    const both = await review(preview(...steps, left), { live });
    expect(planned(both)).toEqual(["payroll replace", "payroll-old delete"]);
    expect(refused(both)).toEqual(
      expect.arrayContaining(["payroll vault-replaced", "payroll-old delete-with-instances"]),
    );
  }
});

describe("a resource in whose place the program has another one that exists", () => {
  const other = { id: vaultId("payroll-other") };
  const replaced = step("replace", "Disabled", undefined, { new: vault("Locked", "payroll-other") });
  const deleted = step("delete-replaced", "Disabled");

  test("by `import` is deleted, and the other one is judged as it is", async () => {
    const imported = step("import-replacement", undefined, "Locked");
    const update = step("update", "Locked", "Unlocked", other);
    for (const text of [preview(imported, replaced, update, deleted), events(imported, replaced, update, deleted)]) {
      const report = await review(text, { live });
      expect(planned(report)).toEqual(["payroll delete", "payroll-other update"]);
      expect(refused(report)).toEqual(["payroll delete-with-instances", "payroll-other immutability-locked"]);
      expect(report.resources[0]?.notes).toEqual([expect.stringContaining("imports or reads another resource")]);
    }
  });

  test("by `get` is deleted", async () => {
    const read = step("read-replacement", "Disabled", undefined, { new: {} });
    const report = await review(preview(read, replaced, deleted), { live });
    expect(planned(report)).toEqual(["payroll delete"]);
    expect(refused(report)).toEqual(["payroll delete-with-instances"]);
  });
});

test("a vault that an alias makes a resource of another type is not checked", async () => {
  for (const other of ["random:index/randomPet:RandomPet", "azure-native:resources:ResourceGroup"]) {
    const report = await review(preview(step("update", "Locked", "Locked", { type: other, oldType: type })));
    expect(report.resources.map(({ unchecked }) => unchecked)).toEqual(["It changes to a resource of another type."]);
  }
});

test("what stays the same is no step of the preview, but shows what a deleted key is for", async () => {
  const keyUri = "https://kv-payroll.vault.azure.net/keys/first";
  const securitySettings = { encryptionSettings: { state: "Enabled", keyVaultProperties: { keyUri } } };
  const encrypted = { ...vault("Disabled"), properties: { securitySettings } };
  const key: StepOf = {
    op: "delete",
    type: "azure-native:keyvault:Key",
    name: "key",
    id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-payroll/keys/first",
    old: { keyName: "first" },
  };
  const same = step("same", undefined, undefined, { old: encrypted, new: encrypted });
  const pet: StepOf = { op: "same", type: "random:index/randomPet:RandomPet", name: "pet", old: { length: 2 } };
  const report = await review(preview(same, { ...pet, new: pet.old }, key));
  expect(refused(report)).toEqual(["key key-in-use-deleted"]);
  expect(report.counts).toMatchObject({ resources: 1, others: 0 });
});

test("what is deleted with its vault does not leave the vault before it", async () => {
  const instance = (deletedWith?: string): StepOf => ({
    op: "delete",
    type: "azure-native:dataprotection:BackupInstance",
    name: "blobs",
    id: `${vaultId()}/backupInstances/blobs`,
    old: { vaultName: "payroll" },
    ...(deletedWith !== undefined && { deletedWith }),
  });
  const { id } = instance();
  const holding = {
    ...live,
    facts: async () => ({ protection: { value: [{ id, name: "blobs", state: "ProtectionConfigured" }] } }),
  };
  const gone = step("delete", "Disabled");
  expect(refused(await review(preview(instance(), gone), { live: holding }))).toEqual([]);
  expect(refused(await review(preview(instance(urnOf(gone)), gone), { live: holding }))).toEqual([
    "payroll delete-with-instances",
  ]);
});

describe("a policy whose instance gets another one in the same run", () => {
  const policy = (name: string) => `${vaultId()}/backupPolicies/${name}`;
  const moved: StepOf = {
    op: "update",
    type: "azure-native:dataprotection:BackupInstance",
    name: "blobs",
    id: `${vaultId()}/backupInstances/blobs`,
    old: { properties: { policyInfo: { policyId: policy("daily") } } },
    new: { properties: { policyInfo: { policyId: policy("weekly") } } },
  };
  const holding = {
    ...live,
    facts: async () => ({
      protection: {
        value: [{ id: moved.id, name: "blobs", state: "ProtectionConfigured", policyId: policy("daily") }],
      },
    }),
  };
  const left = (type: string, old: object, op = "delete-replaced"): StepOf => ({
    ...{ op, type, name: "daily", id: policy("daily"), old: { ...old } },
  });
  const native = left("azure-native:dataprotection:BackupPolicy", { properties: {} });
  const said = async (...steps: StepOf[]) => {
    const { resources } = await review(preview(...steps), { live: holding });
    const found = resources.flatMap(({ verdicts, notes }) => [...verdicts.map((each) => each.code), ...notes]);
    // What the new policy keeps, this preview does not show.
    return found.filter((each) => each !== "policy-retention-shorter");
  };

  test("is free when the engine deletes what an earlier run has left, which is at the end", async () => {
    expect(await said(moved, native)).toEqual([expect.stringContaining("did not delete the old one")]);
  });

  test("is still in use when the engine deletes it because what it depends on is replaced", async () => {
    expect(await said(native, moved)).toEqual(["policy-in-use-deleted"]);
  });

  test("is still in use when a Terraform module deletes it", async () => {
    const type = "avm:tf:azurerm_data_protection_backup_policy_disk";
    const values = { id: policy("daily"), vault_id: vaultId() };
    expect(await said(moved, left(type, values, "delete"))).toEqual(["policy-in-use-deleted"]);
    // A replacement of a module's resource is one step, and it is not known which half comes first.
    const replaced = { ...left(type, values), new: values };
    for (const op of ["create-replacement", "delete-replaced"])
      expect(await said(moved, { ...replaced, op })).toEqual(["policy-in-use-deleted"]);
  });
});

test("a vault in a Terraform module is judged as in Terraform", async () => {
  const values = (redundancy: string) => ({
    ...{ id: vaultId(), name: "payroll", resource_group_name: "backups", location: "westeurope" },
    ...{ datastore_type: "VaultStore", redundancy },
  });
  const avm: StepOf = {
    op: "create-replacement",
    type: "avm:tf:azurerm_data_protection_backup_vault",
    name: "module.vault.azurerm_data_protection_backup_vault.this[0]",
    id: "",
    old: values("GeoRedundant"),
    new: values("LocallyRedundant"),
  };
  const report = await review(preview(avm), { live });
  expect(planned(report)).toEqual(["payroll replace"]);
  expect(refused(report)).toContain("payroll delete-with-instances");
  expect(report.resources[0]).toMatchObject({ provider: "azurerm", vaultId: vaultId() });
});

test("what azapi sends in a body that the preview does not show may be anything", async () => {
  const lock = (body: unknown) => ({ type: "Microsoft.Authorization/locks@2020-05-01", body });
  const hidden = [
    { body: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
    { body: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" } },
    { body: {}, sensitiveBody: { properties: {} } },
  ];
  for (const { body, ...more } of hidden) {
    const change: StepOf = {
      op: "update",
      type: "azapi:index/resource:Resource",
      name: "keep",
      id: `${vaultId()}/providers/Microsoft.Authorization/locks/keep`,
      old: lock({ properties: { level: "ReadOnly" } }),
      new: { ...lock(body), ...more },
    };
    const { resources } = await review(preview(change));
    expect(resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))).toEqual(["lock-removed"]);
  }
});

test.each<[what: string, step: StepOf, missing: string]>([
  ["an update without the state before", step("update", undefined, "Unlocked"), "before the change"],
  ["an update without the state after", step("update", "Locked"), "after the change"],
  ["an update without states", step("update"), "before and after the change"],
  ["an update without arguments before", step("update", "Locked", "Unlocked", { old: {} }), "before the change"],
  ["a creation without its state", step("create"), "after the change"],
  ["a deletion without its state", step("delete"), "before the change"],
  ["a replacement without the state before", step("replace", undefined, "Locked"), "before the change"],
])("%s is not checked", async (_, given, missing) => {
  for (const text of [preview(given), events(given)]) {
    const report = await review(text);
    expect(report.decision).toBe("unchecked");
    expect(report.resources[0]?.unchecked).toContain(`does not show its arguments ${missing}`);
  }
});

const unlocked = step("update", "Locked", "Unlocked");

test.each([
  ["two previews", `${preview(step("create", undefined, "Disabled"))}\n${preview(unlocked)}`, "several previews"],
  ["two previews as events", events(unlocked) + events(unlocked), "several previews"],
  ["a preview and events", preview(unlocked) + events(unlocked), "several previews"],
  ["an update plan", '{"manifest":{},"resourcePlans":{"urn":{"steps":["update"]}},"config":{}}', "an update plan"],
  ["a configuration", '{"config":{}}', "not a preview"],
  ["a summary of changes without steps", '{"steps":[],"changeSummary":{"update":1},"duration":1}', "it has no steps"],
])("%s in one file cannot be reviewed", async (_, text, why) => {
  expect(await complaint(text)).toContain(why);
});

test("a vault in a generated package is a vault, for the guard too", () => {
  for (const version of ["v20250701", "v20240401preview"]) {
    expect(isVaultType(`azure-native_dataprotection_${version}:dataprotection:BackupVault`)).toBe(true);
    expect(isVaultType(`azure-native_recoveryservices_${version}:recoveryservices:Vault`)).toBe(true);
    expect(isVaultType(`azure-native_dataprotection_${version}:dataprotection:BackupPolicy`)).toBe(false);
  }
});

test("a component of this package is no vault, and what is in it is judged", async () => {
  const workload: StepOf = {
    op: "update",
    type: "azure-backup:index:ProtectedWorkload",
    name: "payroll",
    old: {},
    new: {},
  };
  expect(await review(preview(workload))).toMatchObject({ decision: "clear", resources: [] });
  expect(refused(await review(preview(workload, step("update", "Locked", "Disabled"))))).toEqual([
    "payroll immutability-locked",
  ]);
});

/** What `guardVaults()` puts its hooks on. */
const guarded: [string, readonly string[]][] = [
  [
    "this package",
    resourceTypeNames
      .filter((name) => !["IdentityAssignment", "EncryptionSettings", "KeyAccess"].includes(name))
      .map((name) => `azure-backup:index:${name}`),
  ],
  [
    "azure-native",
    [
      ...["BackupVault", "BackupPolicy", "BackupInstance", "ResourceGuard", "DppResourceGuardProxy"].map(
        (name) => `azure-native:dataprotection:${name}`,
      ),
      ...["Vault", "ProtectionPolicy", "ProtectedItem", "ProtectionContainer", "ResourceGuardProxy"].map(
        (name) => `azure-native:recoveryservices:${name}`,
      ),
    ],
  ],
  [
    "the classic provider",
    [
      "azure:dataprotection/backupPolicyDisk:BackupPolicyDisk",
      "azure:dataprotection/backupInstanceKubernetesCluster:BackupInstanceKubernetesCluster",
      "azure:dataprotection/resourceGuard:ResourceGuard",
      "azure:backup/policyVM:PolicyVM",
      "azure:backup/protectedVM:ProtectedVM",
      "azure:backup/protectedFileShare:ProtectedFileShare",
      "azure:backup/containerStorageAccount:ContainerStorageAccount",
      "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation",
    ],
  ],
];

test.each(guarded)("vaults of %s and all that they hold are guarded", (_, types) => {
  expect(types.filter((type) => !isVaultOrPart(type))).toEqual([]);
});

test("what vaults only depend on, and a component, which is nothing in Azure, is not guarded", () => {
  const others = [
    "azure-native:keyvault:Vault",
    "azure-native:resources:ResourceGroup",
    "azure:core/resourceGroup:ResourceGroup",
  ];
  const components = componentNames.map((name) => `azure-backup:index:${name}`);
  expect([...others, ...components].filter(isVaultOrPart)).toEqual([]);
});
