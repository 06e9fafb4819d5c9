import { type Live, type Report, review } from "../../review/index.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { subscription, vaultId } from "./previews.js";

const inGroup = (path: string) => `/subscriptions/${subscription}/resourceGroups/shared/providers/${path}`;
const identity = inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/id-key");
const keyVault = inGroup("Microsoft.KeyVault/vaults/kv-shared");
const principalId = "aaaa1111-1111-1111-1111-111111111111";
const removed = "key-access-in-use-removed";

/** Azure has one vault, with a key in the key vault. */
const live: Live = {
  resourcesIn: async () => ({ value: [] }),
  vault: async () => ({ unreadable: "not asked" }),
  facts: async () => ({}),
  vaults: async () => ({
    value: [
      {
        ...{ kind: "BackupVault", id: vaultId(), name: "payroll", isGuarded: false },
        encryption: { keyUri: "https://kv-shared.vault.azure.net/keys/first", identity },
        ...{ principalId, userAssigned: [identity] },
      },
    ],
  }),
};

const said = ({ resources }: Report) =>
  resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code }) => `${decision} ${code}`));
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
