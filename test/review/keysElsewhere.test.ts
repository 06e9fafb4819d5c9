import { review } from "../../review/index.js";
import { azureWith } from "./azureWith.js";
import { preview, type StepOf, subscription } from "./previews.js";
import { said } from "./said.js";

const inGroup = (group: string, path: string) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${path}`;
const identity = inGroup("shared", "Microsoft.ManagedIdentity/userAssignedIdentities/id-key");
const keyVault = inGroup("shared", "Microsoft.KeyVault/vaults/kv-shared");
const key = "https://kv-shared.vault.azure.net/keys/first";
const principalId = "11111111-1111-1111-1111-111111111111";

/** Azure has one vault, whose key and identity are in another resource group. */
const live = azureWith({ keyUri: key, identity }, principalId, [identity]);

const judged = async (...steps: StepOf[]) => said(await review(preview(...steps), { live }));

describe("the resource group of what a vault elsewhere needs", () => {
  const gone = (group: string): StepOf => ({
    op: "delete",
    type: "azure-native:resources:ResourceGroup",
    name: group,
    id: `/subscriptions/${subscription}/resourceGroups/${group}`,
    old: { resourceGroupName: group },
  });
  const store: StepOf = {
    op: "same",
    type: "azure-native:keyvault:Vault",
    name: "kv",
    id: keyVault,
    old: { vaultName: "kv-shared" },
    new: { vaultName: "kv-shared" },
  };

  test("is not deleted: its identity, and its key vault where the program shows it", async () => {
    expect(await judged(gone("shared"))).toEqual(["refuse identity-in-use-deleted"]);
    expect(await judged(gone("shared"), store)).toEqual([
      "refuse identity-in-use-deleted",
      "refuse key-vault-in-use-deleted",
    ]);
    expect(await judged(gone("shared-2"), store)).toEqual([]);
  });

  test("is free once the vault has another key and identity", async () => {
    const vault = (name: string): StepOf["old"] => ({
      ...{ vaultName: "payroll", resourceGroupName: "backups", location: "westeurope" },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.replace("shared", name)] },
      properties: {
        securitySettings: {
          encryptionSettings: {
            state: "Enabled",
            keyVaultProperties: { keyUri: key.replace("shared", name) },
            kekIdentity: { identityType: "UserAssigned", identityId: identity.replace("shared", name) },
          },
        },
      },
    });
    const type = "azure-native:dataprotection:BackupVault";
    const moved: StepOf = { op: "update", type, name: "vault", old: vault("shared"), new: vault("own") };
    const found = await judged(moved, gone("shared"), store);
    expect(found.filter((each) => /-in-use-/.test(each))).toEqual([]);
  });
});

describe("a role assignment for a vault's key", () => {
  const role = (id: string) => `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
  const crypto = role("e147488a-f6f5-4113-8e2d-b22465e65bf6");
  const assignment = { roleDefinitionId: crypto, principalId, scope: keyVault, description: "" };
  const change = (to: object, op = "update"): StepOf => ({
    op,
    type: "azure-native:authorization:RoleAssignment",
    name: "key",
    id: `${keyVault}/providers/Microsoft.Authorization/roleAssignments/r`,
    old: assignment,
    new: { ...assignment, ...to },
  });
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const removed = "key-access-in-use-removed";

  test.each([
    ["another description", { description: "for the vault" }, []],
    ["another role for keys", { roleDefinitionId: role("14b46e9e-c2b7-41b4-b07b-48a6ebf60603") }, []],
    ["a role without keys", { roleDefinitionId: role("acdd72a7-3385-48ef-bd42-f606fba81ae7") }, [`refuse ${removed}`]],
    ["another principal", { principalId: "22222222-2222-2222-2222-222222222222" }, [`refuse ${removed}`]],
    ["a role that is known only at up", { roleDefinitionId: unknown }, [`undecided ${removed}`]],
    ["a principal that is known only at up", { principalId: unknown }, [`undecided ${removed}`]],
  ])("with %s", async (_, to, verdicts) => {
    expect(await judged(change(to))).toEqual(verdicts);
  });

  test("may be replaced by one that gives the same elsewhere and is created first", async () => {
    const narrower = { scope: `${keyVault}/keys/first` };
    const steps = ["create-replacement", "replace"].map((op) => change(narrower, op));
    const gone = { ...change({}, "delete-replaced"), new: undefined };
    expect(await judged(...steps, gone)).toEqual([]);
    // For a moment, the vault has no access.
    expect(await judged(gone, ...steps.toReversed())).toEqual([`undecided ${removed}`]);
    // Azure has no second one of the same role, principal and scope.
    expect(await judged(change({ description: "for the vault" }, "replace"))).toEqual([`refuse ${removed}`]);
    expect(await judged(change({ scope: `${keyVault}/keys/other` }, "replace"))).toEqual([`refuse ${removed}`]);
  });
});
