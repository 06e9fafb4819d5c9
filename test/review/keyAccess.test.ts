import { type Live, review } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { subscription } from "./previews.js";
import { said } from "./said.js";

const inGroup = (path: string) => `/subscriptions/${subscription}/resourceGroups/shared/providers/${path}`;
const identity = inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/id-key");
const keyVault = inGroup("Microsoft.KeyVault/vaults/kv-shared");
const principalId = "aaaa1111-1111-1111-1111-111111111111";
const removed = "key-access-in-use-removed";
const crypto = "Key Vault Crypto User";

/** Azure has one vault, with a key in the key vault. */
const live = azureWith({ keyUri: "https://kv-shared.vault.azure.net/keys/first", identity }, principalId, [identity]);

const judged = async (...changes: ResourceChange[]) => said(await review(terraformPlan(changes), { live }));

const roleId = (id: string) => `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const assignment = (role: object) => ({
  id: `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`,
  ...{ scope: keyVault, principal_id: principalId, ...role },
});

describe("the deletion of a role assignment of the vault's identity", () => {
  const gone = (role: object): ResourceChange => ({
    ...{ type: "azurerm_role_assignment", actions: ["delete"], before: assignment(role) },
  });

  test.each([
    ["Key Vault Crypto Service Encryption User", "e147488a-f6f5-4113-8e2d-b22465e65bf6", `refuse ${removed}`],
    ["Key Vault Crypto User", "12338af0-0e69-4776-bea7-57ae8d297424", `refuse ${removed}`],
    ["Key Vault Reader", "21090545-7ca7-4776-b22c-e363652d74d2", `undecided ${removed}`],
    ["Only of this program", "00000000-0000-0000-0000-0000000000aa", `undecided ${removed}`],
    ["Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", undefined],
    ["Key Vault Contributor", "f25e0fa2-a7c8-4377-a976-54943a77a395", undefined],
    ["User Access Administrator", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", undefined],
    ["Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6", undefined],
    ["Monitoring Reader", "43d0d8ad-25c7-4714-9337-8ba259a9fe05", undefined],
    ["Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe", undefined],
    ["AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d", undefined],
  ])("%s", async (name, id, found) => {
    const expected = found === undefined ? [] : [found];
    expect(await judged(gone({ role_definition_name: name }))).toEqual(expected);
    expect(await judged(gone({ role_definition_id: roleId(id.toUpperCase()) }))).toEqual(expected);
  });
});

test("a group may have the vault's identity among its members", async () => {
  const type = "azurerm_role_assignment";
  const group = { principal_id: "77777777-7777-7777-7777-777777777777", principal_type: "Group" };
  const gone = (role_definition_name: string): ResourceChange => ({
    ...{ type, actions: ["delete"], before: assignment({ role_definition_name, ...group }) },
  });
  const own = assignment({ role_definition_name: crypto });
  const stays = { type, address: `${type}.own`, actions: ["no-op"], before: own, after: own };
  expect(await judged(gone(crypto))).toEqual([`undecided ${removed}`]);
  expect(await judged(gone("Monitoring Reader"))).toEqual([]);
  expect(await judged(gone(crypto), stays)).toEqual([]);
});

describe("a role assignment at a scope above key vaults", () => {
  const type = "azurerm_role_assignment";
  const everything = `/subscriptions/${subscription}`;
  const [shared, other] = ["shared", "other"].map((name) => `${everything}/resourceGroups/${name}`);
  const at = (scope = "", role: object = {}) => ({
    ...assignment({ role_definition_name: crypto, ...role }),
    ...{ id: `${scope}/providers/Microsoft.Authorization/roleAssignments/r`, scope },
  });
  const gone = (state: object): ResourceChange => ({ type, actions: ["delete"], before: state });
  const stays = (state: object): ResourceChange => ({
    ...{ type, address: `${type}.stays`, actions: ["no-op"], before: state, after: state },
  });
  const group = { principal_id: "77777777-7777-7777-7777-777777777777", principal_type: "Group" };
  const shown: ResourceChange = {
    ...{ type: "azurerm_key_vault", actions: ["no-op"] },
    ...{ before: { id: keyVault, name: "kv-shared" }, after: { id: keyVault, name: "kv-shared" } },
  };

  test("that stays is the same access as one below it for the same principal", async () => {
    const lost = gone(assignment({ role_definition_name: "Key Vault Crypto Service Encryption User" }));
    for (const scope of [shared, everything, "/"]) {
      for (const role_definition_name of [crypto, "Key Vault Crypto Officer", "Key Vault Administrator"]) {
        const kept = stays(at(scope, { role_definition_name }));
        expect(await judged(lost, kept)).toEqual([]);
        expect((await review(terraformPlan([lost, kept]))).decision).toBe("clear");
      }
      for (const role of [
        { role_definition_name: "Owner" },
        { role_definition_name: "Contributor" },
        { principal_id: "o" },
      ])
        expect(await judged(lost, stays(at(scope, role)))).toEqual([`refuse ${removed}`]);
      const made = { ...stays(at(scope)), actions: ["create"], before: undefined };
      expect(await judged(lost, made)).toEqual([`undecided ${removed}`]);
    }
    expect(await judged(gone(at(shared)), stays(at(everything)))).toEqual([]);
    expect(await judged(gone(at(everything)), stays(at(shared)), shown)).toEqual([]);
    expect(await judged(gone(at(everything)), stays(at(shared)))).toEqual([`undecided ${removed}`]);
    // On a secret, it gives nothing.
    expect(await judged(lost, stays(at(`${keyVault}/secrets/s`)))).toEqual([`refuse ${removed}`]);
    expect(await judged(gone(at(`${keyVault}/secrets/s`)))).toEqual([]);
    // The assignment that goes shows where the key vault is.
    expect(await judged(lost, stays(at(other)))).toEqual([`refuse ${removed}`]);
  });

  test("is for the key vaults that the program shows in it", async () => {
    for (const scope of [shared, everything, "/"]) {
      expect(await judged(gone(at(scope)), shown)).toEqual([`refuse ${removed}`]);
      expect(await judged(gone(at(scope, group)), shown)).toEqual([`undecided ${removed}`]);
    }
    for (const scope of [other, everything.replace("1", "2")]) {
      expect(await judged(gone(at(scope)), shown)).toEqual([]);
      expect(await judged(gone(at(scope, group)), shown)).toEqual([]);
    }
    expect(await judged(gone(at("/providers/Microsoft.Management/managementGroups/m")), shown)).toEqual([
      `undecided ${removed}`,
    ]);
  });

  test("is for those that Azure lists in its resource group", async () => {
    const listed = async (resourcesIn: Live["resourcesIn"], ...of: Parameters<typeof at>) =>
      said(await review(terraformPlan([gone(at(...of))]), { live: { ...live, resourcesIn } }));
    const value =
      (...ids: string[]) =>
      async () => ({ value: ids });
    expect(await listed(value(keyVault), shared)).toEqual([`refuse ${removed}`]);
    expect(await listed(value(keyVault), shared, group)).toEqual([`undecided ${removed}`]);
    expect(await listed(value(`${keyVault}-2`, identity), other)).toEqual([]);
    expect(await listed(value(), other, group)).toEqual([]);
    expect(await listed(async () => ({ unreadable: "no" }), other, group)).toEqual([`undecided ${removed}`]);
    expect(await listed(value(), everything, group)).toEqual([`undecided ${removed}`]);
  });
});

const permissions = ["Get", "WrapKey", "UnwrapKey"];
const own = {
  id: `${keyVault}/objectId/p`,
  key_vault_id: keyVault,
  object_id: principalId,
  key_permissions: permissions,
};
const store = (...policies: object[]) => ({ id: keyVault, name: "kv-shared", access_policy: policies });
const inline = { object_id: principalId, key_permissions: permissions };
const keyVaultType = "azurerm_key_vault";
const policyType = "azurerm_key_vault_access_policy";
const update = (type: string, before: object, after: object, after_unknown: object = {}): ResourceChange => ({
  ...{ type, actions: ["update"], before, after, after_unknown },
});

describe("an access policy that gives less than a vault needs", () => {
  const less = { ...own, key_permissions: ["Get", "List"] };
  const role: ResourceChange = {
    ...{ type: "azurerm_role_assignment", actions: ["delete"], before: assignment({ role_definition_name: crypto }) },
  };

  test("is none that a vault uses", async () => {
    const gone = { type: policyType, actions: ["delete"], before: less };
    expect(await judged(gone)).toEqual([]);
    expect((await review(terraformPlan([gone]))).decision).toBe("clear");
    expect(await judged(update(policyType, less, { ...less, key_permissions: ["List"] }))).toEqual([]);
    expect(await judged(update(keyVaultType, store({ ...inline, key_permissions: ["Get"] }), store()))).toEqual([]);
  });

  test("does not take the place of another access", async () => {
    const stays = { type: policyType, actions: ["no-op"], before: less, after: less };
    expect(await judged(role, stays)).toEqual([`refuse ${removed}`]);
    expect(await judged(update(policyType, own, less))).toEqual([`refuse ${removed}`]);
  });
});

describe("an access policy with an application, which the vault's identity cannot use,", () => {
  const compound = { ...own, application_id: "88888888-8888-8888-8888-888888888888" };
  const inList = { ...inline, application_id: compound.application_id };

  test("is none that a vault loses", async () => {
    expect(await judged({ type: policyType, actions: ["delete"], before: compound })).toEqual([]);
    expect(await judged(update(keyVaultType, store(inline, inList), store(inline)))).toEqual([]);
    expect(await judged(update(keyVaultType, store({ ...inline, application_id: "" }), store()))).toEqual([
      `refuse ${removed}`,
    ]);
  });

  test("does not take the place of one without", async () => {
    const stays = { type: policyType, address: "stays", actions: ["no-op"], before: compound, after: compound };
    expect(await judged({ type: policyType, actions: ["delete"], before: own }, stays)).toEqual([`refuse ${removed}`]);
    for (const after of [store(inList), store(inList, { ...inline, key_permissions: ["Get"] })])
      expect(await judged(update(keyVaultType, store(inline, inList), after))).toEqual([`refuse ${removed}`]);
    expect(await judged(update(policyType, own, compound))).toEqual([`refuse ${removed}`]);
    const open = update(policyType, own, { ...own, application_id: null }, { application_id: true });
    expect(await judged(open)).toEqual([`undecided ${removed}`]);
  });
});

describe("what azapi adds to the access policies of a key vault", () => {
  const type = "azapi_resource";
  const state = (keys: string[], name = "add") => ({
    ...{ id: `${keyVault}/accessPolicies/${name}`, type: "Microsoft.KeyVault/vaults/accessPolicies@2023-07-01" },
    ...{ name, parent_id: keyVault },
    body: { properties: { accessPolicies: [{ objectId: principalId, tenantId: "t", permissions: { keys } }] } },
  });

  test("takes none away, also if it adds less than before", async () => {
    expect(await judged(update(type, state(permissions), state(["Get"])))).toEqual([]);
  });

  test("may give an access again that the run takes away", async () => {
    const gone: ResourceChange = { type: policyType, actions: ["delete"], before: own };
    const made = (after: object): ResourceChange => ({ type, actions: ["create"], after });
    expect(await judged(gone, made(state(permissions)))).toEqual([`undecided ${removed}`]);
    expect(await judged(gone, made({ ...state(permissions), id: null }))).toEqual([`undecided ${removed}`]);
    expect(await judged(gone, made(state(["Get"])))).toEqual([`refuse ${removed}`]);
    const kept: ResourceChange = { type, actions: ["no-op"], before: state(permissions), after: state(permissions) };
    expect(await judged(gone, kept)).toEqual([`refuse ${removed}`]);
  });
});

describe("what is not known before the apply is undecided", () => {
  const unknownPolicies = (after_unknown: object, ...policies: object[]) =>
    update(keyVaultType, store(inline), policies.length > 0 ? store(...policies) : { id: keyVault }, after_unknown);

  test.each<[string, ResourceChange]>([
    ["the policies of a key vault", unknownPolicies({ access_policy: true })],
    [
      "the principal of its policy",
      unknownPolicies({ access_policy: [{ object_id: true }] }, { key_permissions: permissions }),
    ],
    [
      "the principal of one of its policies",
      unknownPolicies(
        { access_policy: [{}, { object_id: true }] },
        { ...inline, object_id: "o" },
        { key_permissions: permissions },
      ),
    ],
    [
      "the principal of a policy that is replaced",
      {
        ...{ type: policyType, actions: ["delete", "create"], before: own },
        ...{ after: { key_vault_id: keyVault, key_permissions: permissions }, after_unknown: { object_id: true } },
      },
    ],
    ["the principal of one that is updated", update(policyType, own, { ...own, object_id: null }, { object_id: true })],
    [
      "the principal of a role assignment",
      {
        ...{ type: "azurerm_role_assignment", actions: ["create", "delete"] },
        before: assignment({ role_definition_name: crypto }),
        after: { scope: keyVault, role_definition_name: crypto },
        after_unknown: { principal_id: true },
      },
    ],
  ])("%s", async (_, change) => {
    expect(await judged(change)).toEqual([`undecided ${removed}`]);
  });

  test("but the principal of a policy without permissions on keys takes nothing, and another spelling is the same", async () => {
    const other = { object_id: "o", key_permissions: [] };
    const upper = { ...inline, object_id: principalId.toUpperCase() };
    expect(await judged(update(keyVaultType, store(inline, other), store(upper)))).toEqual([]);
    expect(await judged(update(keyVaultType, store(inline), store({ ...inline, object_id: "o" })))).toEqual([
      `refuse ${removed}`,
    ]);
    expect(await judged(update(policyType, own, { ...own, object_id: "o" }))).toEqual([`refuse ${removed}`]);
  });
});

describe("an access policy that moves", () => {
  const gone: ResourceChange = { type: policyType, actions: ["delete"], before: own };
  const made: ResourceChange = { type: policyType, actions: ["create"], after: own };
  const kept: ResourceChange = { type: policyType, actions: ["no-op"], before: own, after: own };

  test("between the key vault's list and a resource of its own is undecided, because one may undo the other", async () => {
    expect(await judged(update(keyVaultType, store(inline), store()), made)).toEqual([`undecided ${removed}`]);
    expect(await judged(gone, update(keyVaultType, store(), store(inline)))).toEqual([`undecided ${removed}`]);
    const { verdicts } = (await review(terraformPlan([gone, update(keyVaultType, store(), store(inline))]), { live }))
      .resources[0] ?? { verdicts: [] };
    expect(verdicts[0]?.reason).toContain("grants the same access again");
  });

  test("to another name in the program is undecided, too", async () => {
    expect(await judged(gone, { ...made, address: `${policyType}.renamed` })).toEqual([`undecided ${removed}`]);
  });

  test("is refused where the other one is of another key vault or principal, or is not written", async () => {
    const elsewhere = { ...own, key_vault_id: keyVault.replace("kv-shared", "kv-other") };
    const foreign = { ...own, object_id: "o" };
    for (const after of [elsewhere, foreign])
      expect(await judged(gone, { ...made, after })).toEqual([`refuse ${removed}`]);
    expect(await judged(gone, { ...kept, address: `${policyType}.same` })).toEqual([`refuse ${removed}`]);
    expect(await judged(update(keyVaultType, store(inline), store()), kept)).toEqual([`refuse ${removed}`]);
  });

  test("to a role is clear if the program shows that the key vault uses roles", async () => {
    const role: ResourceChange = {
      ...{ type: "azurerm_role_assignment", actions: ["create"] },
      after: assignment({ role_definition_name: crypto }),
    };
    const shown = (rbac_authorization_enabled: boolean): ResourceChange => {
      const state = { ...store(), rbac_authorization_enabled };
      return { type: keyVaultType, actions: ["no-op"], before: state, after: state };
    };
    const held: ResourceChange = { ...role, actions: ["no-op"], before: role.after };
    expect(await judged(gone, held)).toEqual([`undecided ${removed}`]);
    expect(await judged(gone, held, shown(true))).toEqual([]);
    expect(await judged(gone, held, shown(false))).toEqual([`refuse ${removed}`]);
    // Roles are all that counts there, and this policy is none.
    expect(await judged(gone, shown(true))).toEqual([]);
    const state = (rbac: boolean) => ({ ...store(), rbac_authorization_enabled: rbac });
    expect(await judged(gone, role, update(keyVaultType, state(false), state(true)))).toEqual([`undecided ${removed}`]);
  });
});

test("Terraform may delete an access before it creates another one, as far as a plan shows", async () => {
  const type = "azurerm_role_assignment";
  const gone: ResourceChange = { type, actions: ["delete"], before: assignment({ role_definition_name: crypto }) };
  const after = { ...assignment({ role_definition_name: "Key Vault Crypto Officer" }), id: "other" };
  const other = (...actions: string[]): ResourceChange => ({
    ...{ type, address: `${type}.other`, actions, after },
    ...(actions[0] !== "create" && { before: after }),
  });
  expect(await judged(gone, other("create"))).toEqual([`undecided ${removed}`]);
  for (const action of ["no-op", "update"]) expect(await judged(gone, other(action))).toEqual([]);
  // Both are gone for a moment.
  expect(await judged(gone, other("delete", "create"))).toEqual([`undecided ${removed}`, `undecided ${removed}`]);
});

test("an access that the program only stops to manage stays", async () => {
  const type = "azurerm_role_assignment";
  const before = assignment({ role_definition_name: crypto });
  const gone: ResourceChange = { type, actions: ["delete"], before };
  const forgotten = (more: object): ResourceChange => ({
    ...{ type, address: `${type}.other`, actions: ["forget"], before: { ...before, id: "other", ...more } },
  });
  expect(await judged(gone, forgotten({ role_definition_name: "Key Vault Crypto Officer" }))).toEqual([]);
  // It is the same one in Azure.
  expect(await judged(gone, forgotten({}))).toEqual([`refuse ${removed}`]);
});

test("a role assignment that the program hides may be one of the vault's, also if its key vault has roles only", async () => {
  const { id } = assignment({});
  const before = { id, type: "Microsoft.Authorization/roleAssignments@2022-04-01", parent_id: keyVault, body: null };
  const gone: ResourceChange = { type: "azapi_resource", actions: ["delete"], before };
  const state = { ...store(), rbac_authorization_enabled: true };
  const shown: ResourceChange = { type: keyVaultType, actions: ["no-op"], before: state, after: state };
  expect(await judged(gone)).toEqual([`undecided ${removed}`]);
  expect(await judged(gone, shown)).toEqual([`undecided ${removed}`]);
});

test("a role assignment of which an imported azapi resource has no body may become another one", async () => {
  const { id } = assignment({});
  const state = (body: object | null) => ({
    ...{ id, type: "Microsoft.Authorization/roleAssignments@2022-04-01", parent_id: keyVault, body },
  });
  const to = (role: string, principal: string): ResourceChange => ({
    ...{ type: "azapi_resource", actions: ["update"], before: state(null) },
    after: state({ properties: { roleDefinitionId: roleId(role), principalId: principal } }),
  });
  const [user, reader] = ["12338af0-0e69-4776-bea7-57ae8d297424", "21090545-7ca7-4776-b22c-e363652d74d2"];
  expect(await judged(to(user, "00000000-0000-0000-0000-0000000000aa"))).toEqual([`undecided ${removed}`]);
  expect(await judged(to(reader, principalId))).toEqual([`undecided ${removed}`]);
  expect(await judged(to(user, principalId))).toEqual([]);
});

describe("a role assignment that is replaced", () => {
  const replaced = (actions: string[], after: object = {}): ResourceChange => ({
    ...{ type: "azurerm_role_assignment", actions, before: assignment({ role_definition_name: crypto }) },
    after: { ...assignment({ role_definition_name: crypto }), description: "for the vault", ...after },
  });
  const [deletedFirst, createdFirst] = [
    ["delete", "create"],
    ["create", "delete"],
  ] as const;

  test("by its equal is undecided: the access is gone for a moment, and then back", async () => {
    expect(await judged(replaced([...deletedFirst]))).toEqual([`undecided ${removed}`]);
    // Azure has no second one, so it is either not created, or deleted afterwards.
    expect(await judged(replaced([...createdFirst]))).toEqual([`refuse ${removed}`]);
  });

  test("by another one is clear only if that gives the access before", async () => {
    const officer = { role_definition_name: "Key Vault Crypto Officer" };
    expect(await judged(replaced([...createdFirst], officer))).toEqual([]);
    expect(await judged(replaced([...deletedFirst], officer))).toEqual([`undecided ${removed}`]);
    const reader = { role_definition_name: "Reader" };
    for (const actions of [createdFirst, deletedFirst])
      expect(await judged(replaced([...actions], reader))).toEqual([`refuse ${removed}`]);
  });
});

describe("a local role of a Managed HSM that is deleted at /keys", () => {
  const type = "azurerm_key_vault_managed_hardware_security_module_role_assignment";
  const guid = "33413926-3206-4cdd-b39a-83574fe37a17";
  const inHsm = azureWith({ keyUri: "https://hsm.managedhsm.azure.net/keys/first", identity }, principalId, [identity]);
  const local = (scope: string, name: string, hsm = "hsm") => ({
    id: `https://${hsm}.managedhsm.azure.net${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    ...{ name, scope, managed_hsm_id: inGroup(`Microsoft.KeyVault/managedHSMs/${hsm}`), principal_id: principalId },
    role_definition_id: `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
  });
  const gone: ResourceChange = { type, actions: ["delete"], before: local("/keys", "gone") };

  test.each<[what: string, verdicts: string[], kept: ReturnType<typeof local>]>([
    ["at the root stays", [], local("/", "kept")],
    ["on the key stays", [], local("/keys/first", "kept")],
    ["on another key stays", [`refuse ${removed}`], local("/keys/second", "kept")],
    ["at the root of another HSM stays", [`refuse ${removed}`], local("/", "kept", "other")],
    ["is the same in Azure", [`refuse ${removed}`], local("/keys", "gone")],
  ])("and one %s: found is %j", async (_, verdicts, kept) => {
    const stays = { type, address: `${type}.kept`, actions: ["no-op"], before: kept, after: kept };
    expect(said(await review(terraformPlan([gone, stays]), { live: inHsm }))).toEqual(verdicts);
  });
});
