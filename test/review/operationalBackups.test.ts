import { type Report, review } from "../../review/index.js";
import { knowing } from "./families.js";
import { terraformPlan } from "./planDocuments.js";
import { vaultId } from "./previews.js";

// Operational backups are next to their source: an immutable vault does not keep Azure from deleting them.

const unlocked = { properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } } };
const live = { ...knowing({}), vault: async () => ({ body: unlocked }) };

const said = ({ resources }: Report) =>
  resources.flatMap(({ verdicts }) => verdicts.map(({ decision, code, reason }) => `${decision} ${code}: ${reason}`));

const recovery = vaultId().replace("DataProtection/backupVaults", "RecoveryServices/vaults");

const deleted = (type: string, vault: string, own: string, policyType: string, policy: object) => {
  const of = { id: `${vault}/backupPolicies/daily`, ...policy };
  return terraformPlan([
    { type: policyType, actions: ["no-op"], before: of, after: of },
    { type, actions: ["delete"], before: { id: `${vault}/${own}`, backup_policy_id: of.id } },
  ]);
};
const share = (policy: object) =>
  deleted(
    "azurerm_backup_protected_file_share",
    recovery,
    "backupFabrics/Azure/protectionContainers/c/protectedItems/AzureFileShare;x",
    "azurerm_backup_policy_file_share",
    { retention_daily: [{ count: 30 }], ...policy },
  );
const blobs = (policy: object) =>
  deleted(
    "azurerm_data_protection_backup_instance_blob_storage",
    vaultId(),
    "backupInstances/blobs",
    "azurerm_data_protection_backup_policy_blob_storage",
    policy,
  );

const source = { before: { vault_id: vaultId(), id: `${vaultId()}/backupInstances/x`, backup_policy_id: "hidden" } };
const without = (type: string) => terraformPlan([{ type, actions: ["delete"], ...source }]);

test.each([
  ["a file share's snapshots", "rsv-protected-item-deleted", share({})],
  [
    "blobs that are only next to their source",
    "backup-instance-deleted",
    blobs({ operational_default_retention_duration: "P30D" }),
  ],
  [
    "blobs whose policy has an empty text for the vault, as Terraform's state has it",
    "backup-instance-deleted",
    blobs({ operational_default_retention_duration: "P30D", vault_default_retention_duration: "" }),
  ],
  [
    "a disk, whose backups are nowhere else, by any policy",
    "backup-instance-deleted",
    without("azurerm_data_protection_backup_instance_disk"),
  ],
])("the deletion of %s is no refusal of an immutable vault", async (_, code, plan) => {
  const [verdict, ...others] = said(await review(plan, { live }));
  expect(others).toEqual([]);
  expect(verdict).toMatch(
    new RegExp(`^warn ${code}: Backup stops and its backups are deleted\\. They are next to their source`),
  );
});

test.each([
  [
    "a file share's backups in the vault",
    "rsv-protected-item-deleted",
    share({ backup_tier: "vault-standard", snapshot_retention_in_days: 5 }),
  ],
  [
    "blobs that are in the vault as well",
    "backup-instance-deleted",
    blobs({ operational_default_retention_duration: "P30D", vault_default_retention_duration: "P30D" }),
  ],
  [
    "blobs whose policy is not known",
    "backup-instance-deleted",
    without("azurerm_data_protection_backup_instance_blob_storage"),
  ],
])("the deletion of %s is refused by it", async (_, code, plan) => {
  const [verdict] = said(await review(plan, { live }));
  expect(verdict).toMatch(new RegExp(`^refuse ${code}: The immutability of .* is Unlocked`));
});
