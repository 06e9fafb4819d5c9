import { review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, type StepOf, subscription, vaultId } from "./previews.js";

/** A vault whose system-assigned identity accesses its key, by a role assignment that the program deletes. */
const principalId = "11111111-1111-1111-1111-111111111111";
const keyVault = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
const crypto = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`;
const roleId = `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`;
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const removed = "key-access-in-use-removed";
const said = async (document: string) =>
  (await review(document)).resources
    .filter(({ noun }) => noun === "role assignment")
    .flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));

const securitySettings = {
  encryptionSettings: {
    state: "Enabled",
    keyVaultProperties: { keyUri: "https://kv.vault.azure.net/keys/first" },
    kekIdentity: { identityType: "SystemAssigned" },
  },
};
const properties = { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }], securitySettings };
const system = { type: "SystemAssigned" };
const inAzure = { ...system, principalId, tenantId: "t" };

describe("azure-native, whose program sets only the type of the identity", () => {
  const vault = (identity: unknown) => ({
    vaultName: "payroll",
    resourceGroupName: "backups",
    location: "westeurope",
    identity,
    properties,
  });
  const assignment: StepOf = {
    op: "delete",
    type: "azure-native:authorization:RoleAssignment",
    name: "key",
    id: roleId,
    old: { principalId, roleDefinitionId: crypto, scope: keyVault },
  };
  const changed = (op: string, to: unknown, from: { type: string; principalId?: string } = inAzure) =>
    said(
      preview(
        {
          ...{ op, type: "azure-native:dataprotection:BackupVault", name: "vault" },
          ...{ old: vault({ type: from.type }), outputs: vault(from), new: vault(to) },
        },
        assignment,
      ),
    );

  test.each<[string, string, unknown, { type: string; principalId?: string }, string]>([
    ["stays as it is", "same", system, inAzure, "refuse"],
    ["is updated", "update", system, inAzure, "refuse"],
    ["gets another identity as well", "update", { type: "SystemAssigned,UserAssigned" }, inAzure, "refuse"],
    ["may lose it", "update", { type: unknown }, inAzure, "undecided"],
    ["gets a new one", "update", system, { type: "None" }, "undecided"],
  ])("the access of a vault that %s is removed", async (_, op, to, from, decision) => {
    expect(await changed(op, to, from)).toEqual([`${decision} ${removed}`]);
  });

  test("that of another principal is open only because vaults elsewhere are not read", async () => {
    const other = { ...inAzure, principalId: "22222222-2222-2222-2222-222222222222" };
    expect(await changed("same", system, other)).toEqual([`undecided ${removed}`]);
  });
});

test("a what-if result of a template that sets only the type", async () => {
  const body = (identity: object) => ({ id: vaultId(), location: "westeurope", identity, properties });
  const vault = {
    resourceId: vaultId(),
    changeType: "Modify",
    before: { ...body(inAzure), tags: { a: "1" } },
    after: { ...body(system), tags: { a: "2" } },
    delta: [{ path: "tags.a", propertyChangeType: "Modify", before: "1", after: "2" }],
  };
  const before = { id: roleId, properties: { principalId, roleDefinitionId: crypto, scope: keyVault } };
  expect(await said(whatIf(vault, { resourceId: roleId, changeType: "Delete", before, after: null }))).toEqual([
    `refuse ${removed}`,
  ]);
});

test("azapi, which has the principal in the block of the identity", async () => {
  const vault = {
    id: vaultId(),
    type: "Microsoft.DataProtection/backupVaults@2025-07-01",
    name: "payroll",
    parent_id: vaultId().split("/providers")[0],
    location: "westeurope",
    identity: [{ type: "SystemAssigned", identity_ids: [], principal_id: principalId, tenant_id: "t" }],
    body: { properties },
  };
  const role = { id: roleId, principal_id: principalId, role_definition_id: crypto, scope: keyVault };
  const plan = terraformPlan([
    { type: "azapi_resource", actions: ["no-op"], before: vault, after: vault },
    { type: "azurerm_role_assignment", actions: ["delete"], before: role },
  ]);
  expect(await said(plan)).toEqual([`refuse ${removed}`]);
});
