import { markdown, type Report, review } from "../../review/index.js";
import { whatIf } from "./planDocuments.js";
import { subscription, vaultId } from "./previews.js";

const vault = (immutability: string, more = {}) => ({
  id: vaultId(),
  apiVersion: "2025-07-01",
  name: "payroll",
  type: "Microsoft.DataProtection/backupVaults",
  location: "westeurope",
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: {
      immutabilitySettings: { state: immutability },
      softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
    },
    ...more,
  },
});
const change = (changeType: string, before?: object, after?: object, rest = {}) => ({
  resourceId: vaultId(),
  changeType,
  before: before ?? null,
  after: after ?? null,
  ...rest,
});
const said = ({ resources }: Report) =>
  resources.flatMap(({ name, verdicts, unchecked }) => [
    ...verdicts.map(({ decision, code }) => `${name} ${decision} ${code}`),
    ...(unchecked === undefined ? [] : [`${name} unchecked ${unchecked}`]),
  ]);

test("a modified vault is judged by its values before and after", async () => {
  const delta = [
    {
      path: "properties.securitySettings.immutabilitySettings.state",
      propertyChangeType: "Modify",
      before: "Locked",
      after: "Disabled",
    },
  ];
  const report = await review(whatIf(change("Modify", vault("Locked"), vault("Disabled"), { delta })));
  expect(report).toMatchObject({ tool: "what-if", decision: "refuse" });
  expect(report.resources[0]).toMatchObject({
    address: vaultId(),
    provider: "arm",
    name: "payroll",
    planned: "update",
  });
  expect(said(report)).toContain("payroll refuse immutability-locked");
});

test("a setting that the template omits is judged as removed where the delta says so, and is left alone otherwise", async () => {
  const after = vault("Locked");
  const { immutabilitySettings: _, ...others } = after.properties.securitySettings;
  const without = { ...after, properties: { ...after.properties, securitySettings: others } };
  const path = "properties.securitySettings.immutabilitySettings";
  const removed = [{ path, propertyChangeType: "Delete", before: { state: "Locked" } }];
  const kept = [{ path, propertyChangeType: "NoEffect", before: { state: "Locked" } }];
  const codes = async (delta: object[]) =>
    said(await review(whatIf(change("Modify", vault("Locked"), without, { delta }))));
  expect(await codes(removed)).toContain("payroll refuse immutability-locked");
  expect(await codes(kept)).toEqual([]);
});

test("a deletion, which complete mode plans for what the template omits, is judged", async () => {
  const report = await review(whatIf(change("Delete", vault("Locked"))));
  expect(report.resources[0]).toMatchObject({ planned: "delete" });
  expect(report.decision).toBe("undecided");
});

test("a new vault is judged", async () => {
  const report = await review(whatIf(change("Create", undefined, vault("Disabled"))));
  expect(report.counts).toMatchObject({ resources: 1, unchecked: 0 });
});

test("what stays as it is, or is not in the template, is no change", async () => {
  const report = await review(
    whatIf(change("NoChange", vault("Locked"), vault("Locked")), change("Ignore", vault("Locked"))),
  );
  expect(report).toMatchObject({ decision: "clear", counts: { resources: 0, others: 0 } });
});

test("an expression that is evaluated only during the deployment is not known", async () => {
  const after = vault("[parameters('immutability')]");
  const report = await review(whatIf(change("Modify", vault("Locked"), after)));
  expect(report.decision).toBe("undecided");
});

test("a result without values is not checked, and says with which option it has them", async () => {
  const report = await review(
    JSON.stringify({ status: "Succeeded", changes: [{ changeType: "Deploy", resourceId: vaultId() }] }),
  );
  expect(said(report)).toEqual([
    "payroll unchecked The result has no values. Run what-if with `--result-format FullResourcePayloads`.",
  ]);
});

test("a vault that what-if does not support is not checked, with its reason", async () => {
  const report = await review(
    whatIf(change("Unsupported", undefined, undefined, { unsupportedReason: "No preview." })),
  );
  expect(said(report)).toEqual(["payroll unchecked What-if reports it as Unsupported. No preview."]);
});

test("a nested deployment that what-if did not evaluate may contain vaults, so not everything was checked", async () => {
  const nested = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.Resources/deployments/vaults`;
  const expression = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.DataProtection/backupVaults/[format('a')]`;
  for (const resourceId of [nested, expression]) {
    const report = await review(whatIf({ resourceId, changeType: "Unsupported", before: null, after: null }));
    expect(report).toMatchObject({ decision: "unchecked", failures: [expect.stringContaining("did not evaluate")] });
  }
});

test("a role assignment that only the deployment can name is passed with a note, because it is deployed", async () => {
  const store = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.KeyVault/vaults/kv`;
  const role = `${store}/providers/Microsoft.Authorization/roleAssignments`;
  const named = `${role}/[guid(reference('/subscriptions/s/providers/x').principalId, 'a')]`;
  const unsupported = { resourceId: named, changeType: "Unsupported", before: null, after: null };
  const report = await review(whatIf(unsupported));
  const guid = "guid('a', reference('/subscriptions/s/providers/x', '2024-11-01', 'full').identity.principalId)";
  const written = [
    named,
    `[extensionResourceId('${store}', 'Microsoft.Authorization/roleAssignments', ${guid})]`,
    `[format('${role}/{0}', ${guid})]`,
    `[concat('${role}/', ${guid})]`,
    `[CONCAT('${store}/providers/', concat('Microsoft.Authorization/roleAssignments/', ${guid}))]`,
  ];
  for (const resourceId of written) {
    const found = await review(whatIf({ ...unsupported, resourceId }));
    expect(found).toMatchObject({ decision: "clear", failures: [], resources: [{ noun: "role assignment" }] });
  }
  expect(report.resources[0]?.notes.join()).toContain("only known during the deployment");
  expect(markdown(report)).toContain("only known during the deployment");
  // Anything else that has no name yet may be a vault, and one with a name may be anything.
  const others = [
    { ...unsupported, resourceId: named.replace("roleAssignments", "locks") },
    { ...unsupported, resourceId: `[extensionResourceId('${store}', 'Microsoft.Authorization/roleAssignments', 'a')]` },
    { ...unsupported, resourceId: `[extensionResourceId('${store}', 'Microsoft.Authorization/locks', ${guid})]` },
    { ...unsupported, resourceId: `[format('${role}/{0}/{1}', ${guid}, 'a')]` },
    { ...unsupported, resourceId: `[concat('${store}/', ${guid})]` },
    {
      ...unsupported,
      resourceId: `${store.replace("kv", "[format('kv')]")}/providers/Microsoft.Authorization/roleAssignments/[guid('a')]`,
    },
    { ...unsupported, resourceId: `${role}/00000000-0000-0000-0000-000000000001` },
    { ...unsupported, changeType: "Delete" },
  ];
  for (const each of others) expect((await review(whatIf(each))).decision).toBe("unchecked");
});

test("a Recovery Services vault keeps the immutability and the cross-subscription restore that a template leaves out", async () => {
  const id = vaultId().replace("DataProtection/backupVaults", "RecoveryServices/vaults");
  const has = (immutability: string) => ({
    securitySettings: { immutabilitySettings: { state: immutability } },
    restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Disabled" } },
  });
  const deployed = (properties: object) => {
    const body = (each: object) => ({ id, location: "westeurope", sku: { name: "Standard" }, properties: each });
    return review(
      whatIf({ resourceId: id, changeType: "Modify", before: body(has("Unlocked")), after: body(properties) }),
    );
  };
  expect((await deployed({})).decision).toBe("clear");
  expect((await deployed(has("Disabled"))).decision).toBe("undecided");
});

test("the deletion of a backup instance or a policy is judged as well", async () => {
  const instance = (name: string) => ({ ...change("Delete", { id: name }), resourceId: `${vaultId()}/${name}` });
  const report = await review(whatIf(instance("backupInstances/blobs"), instance("backupPolicies/daily")));
  expect(report.resources).toMatchObject([
    { provider: "arm", noun: "backup instance", planned: "delete" },
    { provider: "arm", noun: "backup policy", planned: "delete" },
  ]);
  expect(report.decision).toBe("undecided");
  expect(JSON.stringify(report.resources)).not.toMatch(/retainOnDelete|pulumi up|program/);
});

test.each([
  ["to another resource", [`/subscriptions/${subscription}/providers/Microsoft.Sql/servers/s`], ["warn"]],
  ["to the vault by another name of its ID", [vaultId().toUpperCase()], []],
  ["to the vault and another one", [vaultId(), `${vaultId()}-2`], []],
])(
  "a private endpoint of a vault that then leads %s is a warning unless it still leads to the vault",
  async (_, to, decisions) => {
    const endpoint = (...ids: string[]) => ({
      id: "pe",
      properties: { privateLinkServiceConnections: ids.map((id) => ({ properties: { privateLinkServiceId: id } })) },
    });
    const path = "properties.privateLinkServiceConnections";
    const delta = [{ path, propertyChangeType: "Array" }];
    const resourceId = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.Network/privateEndpoints/pe`;
    const report = await review(
      whatIf({ ...change("Modify", endpoint(vaultId()), endpoint(...to), { delta }), resourceId }),
    );
    expect(report.resources.flatMap(({ verdicts }) => verdicts.map(({ decision }) => decision))).toEqual(decisions);
  },
);

test("a setting of a vault with a type of its own is not checked", async () => {
  const resourceId = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.RecoveryServices/vaults/rsv/backupEncryptionConfigs/backupResourceEncryptionConfig`;
  const report = await review(whatIf({ ...change("Modify", { id: "a" }, { id: "a" }), resourceId }));
  expect(report).toMatchObject({ decision: "unchecked", counts: { unchecked: 1 } });
});

test("the response of Resource Manager, which has the changes one level deeper, is read as well", async () => {
  const { changes } = JSON.parse(whatIf(change("Modify", vault("Locked"), vault("Disabled"))));
  const report = await review(JSON.stringify({ status: "Succeeded", properties: { changes } }));
  expect(said(report)).toContain("payroll refuse immutability-locked");
});

test("a what-if operation that failed is not all checked", async () => {
  const failed = { status: "Failed", error: { code: "InvalidTemplate", message: "No such parameter." }, changes: [] };
  const report = await review(JSON.stringify(failed));
  expect(report.decision).toBe("unchecked");
  expect(report.failures).toContain("InvalidTemplate: No such parameter.");
});

test("a what-if operation that failed before it had changes says why", async () => {
  const failed = { status: "Failed", error: { code: "InvalidTemplate", message: "No such parameter." }, changes: null };
  await expect(review(JSON.stringify(failed))).rejects.toThrow("What-if failed. InvalidTemplate: No such parameter.");
});

test("a path of the delta that names a property of all objects changes none", async () => {
  const delta = [
    { path: "__proto__.polluted", propertyChangeType: "Modify" },
    { path: "id.id.id", propertyChangeType: "Modify" },
  ];
  await review(whatIf(change("Modify", vault("Locked"), vault("Locked"), { delta })));
  expect(Object(1).polluted).toBeUndefined();
});

test.each([
  ["NestedDeploymentShortCircuited", "Warning", "unchecked"],
  ["InvalidTemplate", "Error", "unchecked"],
  ["SomethingOfTomorrow", undefined, "unchecked"],
  ["Hint", "Info", "clear"],
])("a diagnostic %s of the level %s makes the result %s", async (code, level, decision) => {
  const { changes } = JSON.parse(whatIf(change("Ignore", vault("Locked"))));
  const diagnostics = [{ code, level, message: "A module was skipped." }];
  for (const document of [
    { status: "Succeeded", changes, diagnostics },
    { status: "Succeeded", properties: { changes, diagnostics } },
  ]) {
    const report = await review(JSON.stringify(document));
    expect(report).toMatchObject({
      decision,
      failures: decision === "clear" ? [] : [`${code}: A module was skipped.`],
    });
  }
});

test("a resource without an ID may be a vault, but what an extension of Bicep deploys is none", async () => {
  const unseen = { symbolicName: "vault", changeType: "Create", before: null, after: vault("Locked") };
  expect(await review(whatIf(unseen))).toMatchObject({
    decision: "unchecked",
    failures: [expect.stringContaining("vault")],
  });
  const extension = { name: "MicrosoftGraph", version: "1.0.0" };
  const group = { ...unseen, extension, symbolicName: "group", identifiers: { uniqueName: "admins" } };
  expect(await review(whatIf(group))).toMatchObject({ decision: "clear", counts: { others: 1 } });
});

describe("of a deployment stack", () => {
  const stack = (...resourceChanges: object[]) => denying({}, ...resourceChanges);
  const denying = (denySettingsChange: object, ...resourceChanges: object[]) =>
    JSON.stringify({
      name: "whatif",
      type: "Microsoft.Resources/deploymentStacksWhatIfResults",
      properties: { provisioningState: "succeeded", changes: { resourceChanges, denySettingsChange } },
    });
  const changed = (changeType: string, before?: object, after?: object, delta?: object[]) => ({
    id: vaultId(),
    changeType,
    changeCertainty: "definite",
    resourceConfigurationChanges: { before, after, delta },
  });

  test("a vault that is deleted because the template omits it is judged, and one that is only detached stays", async () => {
    const report = await review(stack(changed("delete", vault("Locked"))));
    expect(report).toMatchObject({ decision: "undecided", resources: [{ planned: "delete", destroys: true }] });
    expect(await review(stack(changed("detach", vault("Locked"))))).toMatchObject({ decision: "clear" });
  });

  test("a modified vault is judged by its values before and after, and one without values is not checked", async () => {
    const path = "properties.securitySettings.immutabilitySettings.state";
    const delta = [{ path, changeType: "modify", before: "Locked", after: "Disabled" }];
    const report = await review(stack(changed("modify", vault("Locked"), vault("Disabled"), delta)));
    expect(said(report)).toContain("payroll refuse immutability-locked");
    expect((await review(stack({ id: vaultId(), changeType: "modify" }))).decision).toBe("unchecked");
  });

  const denied = (mode: string, more: object = {}) => ({ mode, applyToChildScopes: true, ...more });
  const somebody = "00000000-0000-0000-0000-00000000000a";
  test.each<[what: string, before: object, after: object, isFound: boolean]>([
    ["is removed", denied("denyDelete"), denied("none"), true],
    ["denies deletion only", denied("denyWriteAndDelete"), denied("denyDelete"), true],
    ["excludes somebody", denied("denyDelete"), denied("denyDelete", { excludedPrincipals: [somebody] }), true],
    ["excludes an action", denied("denyDelete"), denied("denyDelete", { excludedActions: ["*/delete"] }), true],
    ["leaves out what is in a vault", denied("denyDelete"), denied("denyDelete", { applyToChildScopes: false }), true],
    ["is added", denied("none"), denied("denyDelete"), false],
    ["stays", denied("denyDelete"), denied("denyDelete"), false],
    ["was none", denied("none"), denied("none", { excludedPrincipals: [somebody] }), false],
  ])("deny settings on a vault: what %s", async (_, before, after, isFound) => {
    const kept = { id: vaultId(), changeType: "noChange", resourceConfigurationChanges: {} };
    const result = denying({ before, after, delta: [] }, kept);
    const { decision, resources } = await review(result);
    expect([decision, resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code))]).toEqual(
      isFound ? ["warn", ["deny-settings-removed"]] : ["clear", []],
    );
    const other = vaultId().replace("DataProtection/backupVaults", "Storage/storageAccounts");
    expect((await review(denying({ before, after }, { ...kept, id: other }))).decision).toBe("clear");
  });

  test("a vault that a stack only detaches loses its deny settings", async () => {
    const denyStatusChange = { before: "denyDelete", after: "none" };
    const settings = denied("denyDelete");
    const detached = { ...changed("detach", vault("Locked")), denyStatusChange };
    const report = await review(denying({ before: settings, after: settings }, detached));
    expect(report.resources.flatMap(({ verdicts }) => verdicts)).toMatchObject([
      { decision: "warn", code: "deny-settings-removed", reason: expect.stringContaining('Backup vault "payroll"') },
    ]);
  });

  test("a result that is not complete is not all checked", async () => {
    const failed = JSON.stringify({ properties: { provisioningState: "failed", changes: { resourceChanges: [] } } });
    expect((await review(failed)).decision).toBe("unchecked");
  });
});

test("a change without a type or an ID is not the format that this version knows", async () => {
  await expect(review(whatIf({ resourceId: vaultId() }))).rejects.toThrow("does not know the format");
});
