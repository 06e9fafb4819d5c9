import { review } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf, subscription } from "./previews.js";
import { said } from "./said.js";

const scope = `/subscriptions/${subscription}`;
const identity = `${scope}/resourceGroups/shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-key`;
const keyVault = `${scope}/resourceGroups/shared/providers/Microsoft.KeyVault/vaults/kv-shared`;
const guid = "0c0c0c0c-0000-4000-8000-000000000001";
const definitionId = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const principalId = "11111111-1111-1111-1111-111111111111";
const [undecided, refused] = ["undecided key-access-in-use-removed", "refuse key-access-in-use-removed"];

const withKey = (keyUri: string) => azureWith({ keyUri, identity }, principalId, [identity]);
const live = withKey("https://kv-shared.vault.azure.net/keys/first");
const judged = async (...changes: ResourceChange[]) => said(await review(terraformPlan(changes), { live }));

const type = "azurerm_role_definition";
const onKeys = ["read", "wrap/action", "unwrap/action"].map((each) => `Microsoft.KeyVault/vaults/keys/${each}`);
const role = (data_actions: string[], not_data_actions: string[] = []) => ({
  ...{ id: `${definitionId}|${scope}`, name: "Key user", scope, role_definition_id: guid },
  permissions: [{ actions: ["*"], not_actions: [], data_actions, not_data_actions }],
});
const gone: ResourceChange = { type, actions: ["delete"], before: role(onKeys) };
const update = (before: object, after: object, after_unknown: object = {}): ResourceChange => ({
  ...{ type, actions: ["update"], before, after, after_unknown },
});
const assignment = (actions: string[], more: object = {}): ResourceChange => {
  const state = {
    id: `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`,
    ...{ scope: keyVault, principal_id: principalId, role_definition_id: definitionId.toUpperCase(), ...more },
  };
  const [before, after] = [actions[0] !== "create" && state, actions[0] !== "delete" && state];
  return { type: "azurerm_role_assignment", actions, ...(before && { before }), ...(after && { after }) };
};

describe("a custom role that takes data actions on keys away", () => {
  test.each<[string, ResourceChange, string[]]>([
    ["by its deletion", gone, [undecided]],
    ["by its replacement", { ...gone, actions: ["delete", "create"], after: role(onKeys) }, [undecided]],
    ["to wrap", update(role(onKeys), role(onKeys.toSpliced(1, 1))), [undecided]],
    ["by an exception", update(role(onKeys), role(onKeys, ["Microsoft.KeyVault/vaults/*/action"])), [undecided]],
    ["of a pattern", update(role(["Microsoft.KeyVault/vaults/keys/*"]), role(["*/read"])), [undecided]],
    [
      "by what is not known yet",
      update(role(onKeys), { ...role([]), permissions: null }, { permissions: true }),
      [undecided],
    ],
    ["not, by the same in other words", update(role(onKeys), role(["MICROSOFT.KeyVault/vaults/keys/*"])), []],
    ["not, by a pattern with two parts", update(role(onKeys), role(["Microsoft.*/vaults/*"])), []],
    ["not, by another name", update(role(onKeys), { ...role(onKeys), description: "for vaults" }), []],
    ["not, because it had none", { ...gone, before: role(["Microsoft.Storage/*", "*/keys/sign/action"]) }, []],
    ["not, because they were excepted", update(role(["*"], ["Microsoft.KeyVault/*"]), role([])), []],
    ["not, because Terraform forgets it", { ...gone, actions: ["forget"] }, []],
  ])("%s", async (_, change, expected) => {
    expect(await judged(change)).toEqual(expected);
  });

  test("is refused if the program assigns it to the vault's identity on its key, and that stays", async () => {
    expect(await judged(gone, assignment(["no-op"]))).toEqual([refused]);
    expect(await judged(gone, assignment(["update"]))).toEqual([refused]);
    const byName = { role_definition_id: undefined, role_definition_name: "Key user" };
    expect(await judged(update(role(onKeys), role([])), assignment(["no-op"], byName))).toEqual([refused]);
    expect(await judged(gone, assignment(["no-op"], { principal_id: "o" }))).toEqual([undecided]);
    expect(await judged(gone, assignment(["no-op"], { id: "r", scope }))).toEqual([undecided]);
    // Its ID says that the key vault is there.
    expect(await judged(gone, assignment(["no-op"], { scope }))).toEqual([refused]);
    expect(await judged(gone, assignment(["delete"]))).toEqual([undecided, undecided]);
  });

  test("is free if the identity has the same by another role", async () => {
    const other = { id: "other", role_definition_name: "Key Vault Crypto User", role_definition_id: undefined };
    const more = { ...assignment(["no-op"], other), address: "azurerm_role_assignment.other" };
    expect(await judged(gone, assignment(["no-op"]), more)).toEqual([]);
    const added = { ...assignment(["create"], other), address: "azurerm_role_assignment.other" };
    expect(await judged(update(role(onKeys), role([])), assignment(["no-op"]), added)).toEqual([]);
  });

  test("is nothing if the program shows that the key vault uses access policies", async () => {
    const shown = (rbac_authorization_enabled: boolean): ResourceChange => {
      const state = { id: keyVault, name: "kv-shared", rbac_authorization_enabled };
      return { type: "azurerm_key_vault", actions: ["no-op"], before: state, after: state };
    };
    expect(await judged(gone, assignment(["no-op"]), shown(false))).toEqual([]);
    expect(await judged(gone, assignment(["no-op"]), shown(true))).toEqual([refused]);
  });

  test("is found in Pulumi and in what-if results", async () => {
    const of = (dataActions: string[]) => ({ roleName: "Key user", scope, permissions: [{ dataActions }] });
    const native: StepOf = {
      ...{ op: "update", type: "azure-native:authorization:RoleDefinition", name: "role", id: definitionId },
      ...{ old: of(onKeys), new: of([]) },
    };
    expect(said(await review(preview(native), { live }))).toEqual([undecided]);
    expect(said(await review(preview({ ...native, new: of(onKeys) }), { live }))).toEqual([]);
    const before = { id: definitionId, properties: of(onKeys) };
    const after = { id: definitionId, properties: of([]) };
    const path = "properties.permissions";
    const delta = [{ path, propertyChangeType: "Array" }];
    const result = whatIf({ resourceId: definitionId, changeType: "Modify", before, after, delta });
    expect(said(await review(result, { live }))).toEqual([undecided]);
  });

  test("without Azure, counts only as a role for keys, or if the preview shows a vault with one", async () => {
    expect(said(await review(terraformPlan([gone])))).toEqual([undecided]);
    expect(said(await review(terraformPlan([{ ...gone, before: role(["Microsoft.Storage/*"]) }])))).toEqual([]);
  });
});

describe("a role of a Managed HSM", () => {
  const inHsm = ["read", "wrap", "unwrap"].map((each) => `Microsoft.KeyVault/managedHsm/keys/${each}/action`);
  const hsm = `${scope}/resourceGroups/shared/providers/Microsoft.KeyVault/managedHSMs/hsm-shared`;
  const local: ResourceChange = {
    type: "azurerm_key_vault_managed_hardware_security_module_role_definition",
    actions: ["delete"],
    before: {
      ...{ id: `https://hsm-shared.managedhsm.azure.net///RoleDefinition/${guid}`, managed_hsm_id: hsm, name: guid },
      permission: [{ data_actions: inHsm }],
    },
  };
  const assigned: ResourceChange = {
    type: "azurerm_key_vault_managed_hardware_security_module_role_assignment",
    actions: ["no-op"],
    before: {
      ...{ managed_hsm_id: hsm, scope: "/keys", principal_id: principalId },
      role_definition_id: `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    },
  };
  const withKeyIn = (store: string) => ({ live: withKey(`https://${store}/keys/first`) });

  test("is for the vaults with a key in it", async () => {
    const plan = terraformPlan([local]);
    expect(said(await review(plan, withKeyIn("hsm-shared.managedhsm.azure.net")))).toEqual([undecided]);
    expect(said(await review(plan, withKeyIn("hsm-other.managedhsm.azure.net")))).toEqual([]);
    expect(said(await review(plan, withKeyIn("hsm-shared.vault.azure.net")))).toEqual([]);
    const both = terraformPlan([local, { ...assigned, after: assigned.before }]);
    expect(said(await review(both, withKeyIn("hsm-shared.managedhsm.azure.net")))).toEqual([refused]);
  });

  test("is no role of Azure's, which gives nothing in a Managed HSM", async () => {
    expect(said(await review(terraformPlan([gone]), withKeyIn("hsm-shared.managedhsm.azure.net")))).toEqual([]);
  });
});
