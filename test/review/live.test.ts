import { liveAzure } from "../../cli/liveAzure.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { markdown, type Report, review, text } from "../../review/index.js";
import { preview, type StepOf } from "./previews.js";

const group = "rg-live";
const ours = "pulumi-nodejs:dynamic/azure-backup:";
const key = "https://kv-live.vault.azure.net/keys/first";

const stores = { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] };

let azure: Emulator;
/** An id under a resource group of the emulator's subscription. */
const at = (path: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/${path}`;
const idOf = (name: string) => at(`Microsoft.DataProtection/backupVaults/${name}`);
let principalId: string;

beforeAll(async () => {
  azure = await startEmulator();
  azure.trust();
  azure.createResourceGroup(group);
  const vault = { properties: stores };
  for (const name of ["bv-keyed", "bv-empty", "bv-full"]) {
    azure.arm("PUT", idOf(name), { location: "westeurope", identity: { type: "SystemAssigned" }, ...vault });
  }
  const { id } = azure.createKeyVault(group, "kv-live") as { id: string };
  azure.createKey(id, "first");
  azure.setVault(idOf("bv-keyed"), {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri: key },
          kekIdentity: { identityType: "SystemAssigned" },
        },
      },
    },
  });
  principalId = (azure.vault(idOf("bv-keyed")) as { identity?: { principalId: string } }).identity?.principalId ?? "";
  azure.grant(id, principalId);
  azure.protect(idOf("bv-full"), { name: "payroll-blobs" });
  azure.arm("PUT", at("Microsoft.RecoveryServices/vaults/rsv-live"), {
    location: "westeurope",
    sku: { name: "Standard" },
    properties: {},
  });
});
afterAll(() => azure.close());

const withAzure = (...steps: StepOf[]): Promise<Report> => review(preview(...steps), { live: liveAzure(azure.env) });
const withoutAzure = (...steps: StepOf[]): Promise<Report> => review(preview(...steps));

const said = ({ resources }: Report) =>
  resources.flatMap(({ name, verdicts }) => verdicts.map(({ decision, code }) => `${name} ${decision} ${code}`));

const gone = (type: string, inputs: Record<string, unknown>, id: string, outputs = {}): StepOf => ({
  op: "delete",
  type: `${ours}${type}`,
  name: type,
  id,
  old: inputs,
  outputs,
});
const vaultGone = (name: string): StepOf =>
  gone("BackupVault", { vaultName: name, resourceGroupName: group, location: "westeurope" }, idOf(name));
const settingsGone = () =>
  gone(
    "EncryptionSettings",
    { vault: idOf("bv-keyed"), keyUri: key, identity: "SystemAssigned" },
    `${idOf("bv-keyed")}#encryption`,
  );
const identityGone = (name: string) =>
  gone("IdentityAssignment", { vault: idOf(name), identity: "SystemAssigned" }, `${idOf(name)}#SystemAssigned`);
const accessGone = () => {
  const given = {
    grantedBy: "RoleAssignment",
    keyVaultId: at("Microsoft.KeyVault/vaults/kv-live"),
    roleAssignmentId: "r",
  };
  return gone("KeyAccess", { keyUri: key, principalId, scope: "Key" }, "r", given);
};

test("encryption settings removed alone are refused, with and without a look at the vault", async () => {
  expect(said(await withAzure(settingsGone()))).toContain("bv-keyed refuse cmk-removed");
  expect(said(await withoutAzure(settingsGone()))).toContain("bv-keyed refuse cmk-removed");
});

test("a key that is set on a vault which comes with it in the same run asks about the key, not about the vault", async () => {
  const inputs = { vault: idOf("bv-new"), keyUri: key, identity: "SystemAssigned" };
  const step: StepOf = { op: "create", type: `${ours}EncryptionSettings`, name: "new", new: inputs };
  expect(said(await withAzure(step))).not.toContainEqual(expect.stringMatching(/cmk-removed|cmk-disabled|refuse/));
  const asked = said(await withoutAzure(step));
  expect(asked).toEqual(expect.arrayContaining(["bv-new warn one-way-change", "bv-new undecided cmk-key-missing"]));
  expect(asked).not.toContainEqual(expect.stringMatching(/cmk-removed|cmk-disabled|refuse/));
});

test("a resource that accepts a refusal overrides it, and one that has no argument for it cannot", async () => {
  const code = "vault-replaced";
  const own = (datastoreType: string) => ({ vaultName: "bv-full", resourceGroupName: group, datastoreType });
  const native = (datastoreType: string) => ({
    vaultName: "bv-full",
    resourceGroupName: group,
    properties: { storageSettings: [{ datastoreType, type: "GeoRedundant" }] },
  });
  const replaced = async (type: string, inputs: (datastoreType: string) => object, more: object) => {
    const [old, wanted] = [{ ...inputs("VaultStore") }, { ...inputs("OperationalStore"), ...more }];
    const step = { op: "replace", type, name: "full", id: idOf("bv-full"), old, new: wanted };
    const { resources } = await withAzure({ ...step, replaceReasons: ["datastoreType"] });
    return resources.flatMap(({ verdicts }) => verdicts).find((verdict) => verdict.code === code);
  };
  const accept = [code];
  const nativeType = "azure-native:dataprotection:BackupVault";
  expect(await replaced(`${ours}BackupVault`, own, {})).toMatchObject({ decision: "refuse", overridable: true });
  expect(await replaced(`${ours}BackupVault`, own, { accept })).toMatchObject({ decision: "warn", accepted: true });
  expect(await replaced(nativeType, native, { accept })).toMatchObject({ decision: "refuse", overridable: false });
});

test("an identity that takes another's place on a vault is judged as both", async () => {
  const other = at("Microsoft.ManagedIdentity/userAssignedIdentities/other");
  const step: StepOf = {
    ...identityGone("bv-keyed"),
    op: "replace",
    new: { vault: idOf("bv-keyed"), identity: other },
    replaceReasons: ["identity"],
  };
  expect(said(await withAzure(step))).toContain("bv-keyed refuse kek-identity-removed");
});

test("an identity removed alone is refused if the encryption uses it, and undecided if that could not be read", async () => {
  expect(said(await withAzure(identityGone("bv-keyed")))).toContain("bv-keyed refuse kek-identity-removed");
  expect(said(await withAzure(identityGone("bv-empty")))).toEqual([]);
  // Nothing is said of a key that the resource does not set.
  expect(said(await withoutAzure(identityGone("bv-keyed")))).toEqual([
    "bv-keyed undecided kek-identity-removed",
    "bv-keyed undecided instance-identity-removed",
  ]);
});

test("access to a key removed alone is refused while a vault needs it", async () => {
  expect(said(await withAzure(accessGone()))).toEqual(["KeyAccess refuse cmk-dependency-deleted-first"]);
  expect(said(await withoutAzure(accessGone()))).toEqual(["KeyAccess undecided cmk-dependency-deleted-first"]);
});

test("a key vault that is written without an access policy which it has in Azure is judged by that", async () => {
  const { id } = azure.createKeyVault(group, "kv-listed", { enableRbacAuthorization: false }) as { id: string };
  azure.createKey(id, "first");
  const vault = idOf("bv-listed");
  azure.arm("PUT", vault, { location: "westeurope", identity: { type: "SystemAssigned" }, properties: stores });
  const objectId = (azure.vault(vault) as { identity: { principalId: string } }).identity.principalId;
  const tenantId = "00000000-0000-0000-0000-00000000000f";
  const policies = (operation: string, keys: string[], more = {}) =>
    azure.arm("PUT", `${id}/accessPolicies/${operation}`, {
      properties: { accessPolicies: [{ tenantId, objectId, ...more, permissions: { keys } }] },
    });
  policies("add", ["get", "wrapKey", "unwrapKey"]);
  const keyVaultProperties = { keyUri: key.replace("kv-live", "kv-listed") };
  const kekIdentity = { identityType: "SystemAssigned" };
  azure.setVault(vault, {
    properties: { securitySettings: { encryptionSettings: { state: "Enabled", keyVaultProperties, kekIdentity } } },
  });
  const old = { vaultName: "kv-listed", resourceGroupName: group, properties: { tenantId, accessPolicies: [] } };
  const write: StepOf = {
    ...{ op: "update", type: "azure-native:keyvault:Vault", name: "kv", id },
    ...{ old, new: { ...old, tags: { team: "a" } } },
  };
  expect(said(await withAzure(write))).toEqual(["kv refuse key-access-in-use-removed"]);
  expect(said(await withoutAzure(write))).toEqual([]);
  policies("remove", ["get"]);
  policies("add", ["get"], { applicationId: tenantId });
  expect(said(await withAzure(write))).toEqual([]);
});

describe("what is set on a Recovery Services vault is judged as such a vault's", () => {
  const rsv = () => at("Microsoft.RecoveryServices/vaults/rsv-keyed");
  const rsvSettings = () => ({ vault: rsv(), keyUri: key, identity: "SystemAssigned" });
  let principal: string;

  beforeAll(() => {
    azure.arm("PUT", rsv(), { location: "westeurope", sku: { name: "Standard" }, properties: {} });
    azure.arm("PATCH", rsv(), { identity: { type: "SystemAssigned" } });
    principal = (azure.arm("GET", rsv()).body as { identity: { principalId: string } }).identity.principalId;
    azure.grant(at("Microsoft.KeyVault/vaults/kv-live"), principal);
    const encryption = { keyVaultProperties: { keyUri: key }, kekIdentity: { useSystemAssignedIdentity: true } };
    azure.arm("PATCH", rsv(), { properties: { encryption } });
  });

  test.each<[string, () => StepOf, string]>([
    [
      "its key",
      () => gone("EncryptionSettings", rsvSettings(), `${rsv()}#encryption`),
      "rsv-keyed refuse rsv-cmk-removed",
    ],
    [
      "the identity that holds its key",
      () => gone("IdentityAssignment", { vault: rsv(), identity: "SystemAssigned" }, `${rsv()}#SystemAssigned`),
      "rsv-keyed refuse rsv-kek-identity-removed",
    ],
  ])("%s", async (_, step, expected) => {
    const before = azure.journal().length;
    const report = await withAzure(step());
    expect(said(report)).toContain(expected);
    expect(report.resources.flatMap(({ notes }) => notes)).toEqual([]);
    expect(
      azure
        .journal()
        .slice(before)
        .map(({ status }) => status),
    ).not.toContain(404);
    expect(said(await withoutAzure(step())).join()).toContain("rsv-");
    for (const page of [text(report), markdown(report), JSON.stringify(report)])
      expect(page).not.toContain("Backup vault");
  });

  test("access to its key", async () => {
    const { outputs, old } = accessGone();
    const report = await withAzure(gone("KeyAccess", { ...old, principalId: principal }, "r", outputs));
    expect(report.resources[0]?.verdicts[0]?.reason).toContain('Recovery Services vault "rsv-keyed"');
    expect(text(report)).not.toContain("Backup vault");
  });

  test("a vault whose id is not known yet may be of either kind", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const inputs = { ...rsvSettings(), vault: unknown };
    const codes = said(
      await withoutAzure({ op: "create", type: `${ours}EncryptionSettings`, name: "new", new: inputs }),
    );
    expect(codes).toEqual(
      expect.arrayContaining(["new undecided cmk-key-missing", "new undecided rsv-cmk-key-missing"]),
    );
  });
});

test("a setting of something that is not a vault is not checked", async () => {
  const vault = at("Microsoft.KeyVault/vaults/kv-live");
  const report = await withAzure(gone("IdentityAssignment", { vault, identity: "SystemAssigned" }, "x"));
  expect(report).toMatchObject({ decision: "unchecked" });
  expect(report.resources[0]?.unchecked).toContain("is not the ARM ID of a vault");
});

test("what goes with its vault is judged where the vault is", async () => {
  const all = [vaultGone("bv-keyed"), settingsGone(), identityGone("bv-keyed"), accessGone()];
  expect(said(await withAzure(...all))).toEqual(["bv-keyed warn cmk-dependency-deleted-first"]);
});

test("a deletion says what the vault holds, and without Azure that it is not known", async () => {
  const report = await withAzure(vaultGone("bv-full"), vaultGone("bv-empty"));
  expect(said(report).filter((each) => each.includes("refuse"))).toEqual(["bv-full refuse delete-with-instances"]);
  const [refused] = report.resources.flatMap(({ verdicts }) => verdicts);
  expect(refused?.reason).toContain("payroll-blobs");
  expect(said(await withoutAzure(vaultGone("bv-full")))).toContain("bv-full undecided delete-with-instances");
});

test("what a vault holds and what goes with it in the same run does not keep it from being deleted", async () => {
  const below = (path: string, type: string): StepOf => ({
    op: "delete",
    type: `azure-native:dataprotection:${type}`,
    name: path,
    id: `${idOf("bv-full")}/${path}`,
    old: { vaultName: "bv-full", resourceGroupName: group, name: path },
  });
  const policies = (azure.arm("GET", `${idOf("bv-full")}/backupPolicies`).body as { value: { name: string }[] }).value;
  expect(policies).toHaveLength(1);
  const policy = below(`backupPolicies/${policies[0]?.name}`, "BackupPolicy");
  const instance = below("backupInstances/payroll-blobs", "BackupInstance");
  const ofVault = async (...steps: StepOf[]) =>
    said(await withAzure(vaultGone("bv-full"), ...steps)).filter((each) => / delete-/.test(each));
  expect(await ofVault()).toEqual(["bv-full refuse delete-with-instances", "bv-full warn delete-with-policies"]);
  expect(await ofVault(policy)).toEqual(["bv-full refuse delete-with-instances"]);
  expect(await ofVault(policy, instance)).toEqual([]);
  expect(await ofVault({ ...policy, retainOnDelete: true }, { ...instance, retainOnDelete: true })).toHaveLength(2);
});

test("a vault that stays at Azure when Pulumi forgets it is no deletion", async () => {
  const report = await withAzure({ ...vaultGone("bv-full"), retainOnDelete: true });
  expect(said(report)).toEqual([]);
  expect(report.resources[0]?.notes).toEqual([expect.stringContaining("retainOnDelete")]);
});

test("a vault that is gone already is deleted without a finding", async () => {
  const report = await withAzure(vaultGone("bv-gone"));
  expect(said(report)).toEqual([]);
  expect(report.resources[0]?.notes).toEqual([expect.stringContaining("does not exist")]);
  expect(said(await withoutAzure(vaultGone("bv-gone")))).toContain("bv-gone undecided delete-with-instances");
});

describe("a backup instance is deleted after its vault is updated", () => {
  const native = (state?: string) => ({
    vaultName: "bv-full",
    resourceGroupName: group,
    location: "westeurope",
    properties: { ...(state && { securitySettings: { softDeleteSettings: { state, retentionDurationInDays: 14 } } }) },
  });
  const vault = (op: string, from?: string, to?: string, outputs = {}): StepOf => ({
    ...{ op, type: "azure-native:dataprotection:BackupVault", name: "full", id: idOf("bv-full") },
    ...{ old: native(from), new: native(to), outputs },
  });
  const deletion = (): StepOf => ({
    op: "delete",
    type: "azure-native:dataprotection:BackupInstance",
    name: "blobs",
    id: `${idOf("bv-full")}/backupInstances/payroll-blobs`,
    old: { vaultName: "bv-full" },
  });
  const ofInstance = (report: Report) => said(report).filter((each) => each.startsWith("blobs"));

  test.each([
    ["turns soft delete off", () => vault("update", "On", "Off"), "refuse"],
    ["keeps it", () => vault("same", "On", "On"), "warn"],
  ])("in a run that %s", async (_, of, decision) => {
    for (const reviewed of [withAzure, withoutAzure])
      expect(ofInstance(await reviewed(of(), deletion()))).toEqual([`blobs ${decision} backup-instance-deleted`]);
  });

  test("but also by the vault before, where a Terraform module may delete first", async () => {
    const early = (): StepOf => ({
      ...deletion(),
      type: "avm:tf:azurerm_data_protection_backup_instance_disk",
      old: { id: deletion().id, vault_id: idOf("bv-full") },
    });
    for (const [from, to, decision] of [
      ["Off", "On", "refuse"],
      ["On", "Off", "refuse"],
      ["On", "On", "warn"],
    ] as const)
      expect(ofInstance(await withoutAzure(vault("update", from, to), early()))).toEqual([
        `blobs ${decision} backup-instance-deleted`,
      ]);
    expect(ofInstance(await withoutAzure(vault("update", "Off", "On"), deletion()))).toEqual([
      "blobs warn backup-instance-deleted",
    ]);
  });

  test("and by what Azure last said of the vault, where the program leaves it to Azure", async () => {
    const { properties } = native("Off");
    const report = await withoutAzure(vault("same", undefined, undefined, { properties }), deletion());
    expect(ofInstance(report)).toEqual(["blobs refuse backup-instance-deleted"]);
  });
});

test("a vault that was locked in the portal is judged as it is, not as the state has it", async () => {
  const native = (immutability: string) => ({
    vaultName: "bv-empty",
    resourceGroupName: group,
    location: "westeurope",
    properties: { securitySettings: { immutabilitySettings: { state: immutability } } },
  });
  const step: StepOf = {
    op: "update",
    type: "azure-native:dataprotection:BackupVault",
    name: "empty",
    id: idOf("bv-empty"),
    old: native("Unlocked"),
    new: native("Disabled"),
  };
  azure.setVault(idOf("bv-empty"), { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } });
  expect(said(await withAzure(step))).toContain("bv-empty refuse immutability-locked");
  expect(said(await withoutAzure(step))).toEqual(["bv-empty undecided immutability-locked"]);
});

test("without a look at the vault, what somebody may have made permanent is undecided where it would be weakened", async () => {
  const own = (settings: object) => ({
    vaultName: "bv-empty",
    resourceGroupName: group,
    location: "westeurope",
    ...settings,
  });
  const change = (type: string, id: string, from: object, to: object): StepOf => ({
    op: "update",
    type: `${ours}${type}`,
    name: "empty",
    id,
    old: own(from),
    new: own(to),
  });
  const backup = (from: object, to: object) => change("BackupVault", idOf("bv-empty"), from, to);
  const recovery = (from: object, to: object) =>
    change("RecoveryServicesVault", at("Microsoft.RecoveryServices/vaults/rsv-live"), from, to);
  const undecided = async (step: StepOf) =>
    (await withoutAzure(step)).resources.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ decision, code, needs }) =>
        decision === "undecided" && needs?.includes("vault") ? [code] : [],
      ),
    );
  expect(await undecided(backup({ immutability: "Unlocked" }, {}))).toEqual(["immutability-locked"]);
  expect(await undecided(backup({ softDelete: { state: "On" } }, { softDelete: { state: "Off" } }))).toEqual([
    "soft-delete-always-on",
  ]);
  expect(
    await undecided(backup({ crossSubscriptionRestore: "Disabled" }, { crossSubscriptionRestore: "Enabled" })),
  ).toEqual(["csr-permanently-disabled"]);
  expect(await undecided(recovery({ immutability: "Unlocked" }, { immutability: "Disabled" }))).toEqual([
    "rsv-immutability-locked",
  ]);
  // A stronger setting takes nothing back, and a setting that stays as it is asks for nothing.
  expect(await undecided(backup({ immutability: "Disabled" }, { immutability: "Unlocked" }))).toEqual([]);
  expect(await undecided(backup({ immutability: "Unlocked" }, { immutability: "Unlocked", tags: {} }))).toEqual([]);
});

test("a Recovery Services vault's redundancy is judged by what is registered with it", async () => {
  const native = (redundancy: string) => ({
    vaultName: "rsv-live",
    resourceGroupName: group,
    location: "westeurope",
    sku: { name: "Standard" },
    properties: { redundancySettings: { standardTierStorageRedundancy: redundancy } },
  });
  const step: StepOf = {
    op: "update",
    type: "azure-native:recoveryservices:Vault",
    name: "recovery",
    id: at("Microsoft.RecoveryServices/vaults/rsv-live"),
    old: native("GeoRedundant"),
    new: native("LocallyRedundant"),
  };
  expect(said(await withAzure(step))).toEqual([]);
  expect(said(await withoutAzure(step))).toEqual(["rsv-live undecided rsv-redundancy-after-registration"]);
});

test("without credentials each vault is undecided, and it is said why", async () => {
  const { ARM_METADATA_HOSTNAME, ARM_SUBSCRIPTION_ID, ARM_TENANT_ID, ARM_CLIENT_ID } = azure.env;
  const wrong = {
    ARM_METADATA_HOSTNAME,
    ARM_SUBSCRIPTION_ID,
    ARM_TENANT_ID,
    ARM_CLIENT_ID,
    ARM_CLIENT_SECRET: "wrong~secret",
  };
  const report = await review(preview(vaultGone("bv-full"), vaultGone("bv-empty")), { live: liveAzure(wrong) });
  expect(report).toMatchObject({ decision: "undecided", counts: { refused: 0, unchecked: 0 } });
  // Said in full once, and not for every vault.
  expect(report.noAccess).toContain("sign in");
  expect(markdown(report).split(String(report.noAccess).slice(0, 20))).toHaveLength(2);
  expect(text(report)).toContain("could not be read: there is no access to Azure.");
  expect(JSON.stringify(report)).not.toContain("wrong~secret");
});
