import type { VaultKind } from "../vaults/vaultId.js";
import type { AnyRule, RuleText, Topic } from "./rule.js";
import type { Control, UnmetControl, Verdict } from "./verdict.js";

const cisStorage = "CIS Microsoft Azure Storage Services Benchmark v1.0.0";
const azurePolicy = "Azure Policy";

const mcsb = (domain: string, id: string, title: string): Control => ({
  framework: "Microsoft cloud security benchmark",
  id,
  title,
  url: `https://learn.microsoft.com/security/benchmark/azure/mcsb-${domain}`,
});

const cis = (id: string, title: string): Control => ({
  framework: cisStorage,
  id,
  title,
  url: "https://www.cisecurity.org/benchmark/azure",
});

/** A built-in definition. Its name in the portal begins with `[Preview]:` where Microsoft says so. */
const policy = (id: string, title: string): Control => ({
  framework: azurePolicy,
  id,
  title,
  url: `https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyDetailBlade/definitionId/%2Fproviders%2FMicrosoft.Authorization%2FpolicyDefinitions%2F${id}`,
});

const protectBackups = mcsb("backup-recovery", "BR-2", "Protect backup and recovery data");
const monitorBackups = mcsb("backup-recovery", "BR-3", "Monitor backups");
const customerManagedKeys = mcsb(
  "data-protection",
  "DP-5",
  "Use customer-managed key option in data at rest encryption when required",
);
const keyManagement = mcsb("data-protection", "DP-6", "Use a secure key management process");
const keyRepository = mcsb("data-protection", "DP-8", "Ensure security of key and certificate repository");
const keyVaultPolicies = [
  policy("1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d", "Key vaults should have soft delete enabled"),
  policy("0b60c0b2-2dc2-4e1c-b5c9-abbed971de53", "Key vaults should have deletion protection enabled"),
];

const both = (...controls: Control[]) => ({ BackupVault: controls, RecoveryServicesVault: controls });

/**
 * What is asked of a setting, by the setting's name or the topic of its rules (checked 2026-12 in
 * https://github.com/Azure/azure-policy/tree/master/built-in-policies/policyDefinitions/Backup and on Microsoft's pages).
 */
const table: Record<string, Record<VaultKind, readonly Control[]>> = {
  softDelete: {
    BackupVault: [
      protectBackups,
      cis("5.1.1", "Ensure soft delete on Backup vaults is Enabled"),
      policy("9798d31d-6028-4dee-8643-46102185c016", "[Preview]: Soft delete should be enabled for Backup Vaults"),
    ],
    RecoveryServicesVault: [
      protectBackups,
      cis("5.2.1", "Ensure soft delete on Recovery Services vaults is Enabled"),
      policy(
        "31b8092a-36b8-434b-9af7-5ec844364148",
        "[Preview]: Soft delete must be enabled for Recovery Services Vaults.",
      ),
    ],
  },
  immutability: {
    BackupVault: [
      protectBackups,
      cis("5.1.2", "Ensure immutability for Backup vaults is Enabled"),
      policy("2514263b-bc0d-4b06-ac3e-f262c0979018", "[Preview]: Immutability must be enabled for backup vaults"),
    ],
    RecoveryServicesVault: [
      protectBackups,
      cis("5.2.2", "Ensure immutability for Recovery Services vaults is Enabled"),
      policy(
        "d6f6f560-14b7-49a4-9fc8-d2c3a9807868",
        "[Preview]: Immutability must be enabled for Recovery Services vaults",
      ),
    ],
  },
  encryption: {
    BackupVault: [
      customerManagedKeys,
      cis("5.1.3", "Ensure backup data in Backup vaults is encrypted using customer-managed keys (CMK)"),
      policy(
        "d6588149-9f06-462c-a076-56aece45b5ba",
        "[Preview]: Azure Backup Vaults should use customer-managed keys for encrypting backup data. Also an option to enforce Infra Encryption.",
      ),
    ],
    RecoveryServicesVault: [
      customerManagedKeys,
      cis("5.2.3", "Ensure backup data in Recovery Services vaults is encrypted using customer-managed keys (CMK)"),
      policy(
        "2e94d99a-8a36-4563-bc77-810d8893b671",
        "[Preview]: Azure Recovery Services vaults should use customer-managed keys for encrypting backup data",
      ),
    ],
  },
  infrastructureEncryption: {
    BackupVault: [cis("5.1.4", "Ensure 'Use infrastructure encryption for this vault' is enabled on Backup vaults")],
    RecoveryServicesVault: [
      cis("5.2.4", "Ensure 'Use infrastructure encryption for this vault' is enabled on Recovery Services vaults"),
    ],
  },
  publicNetworkAccess: {
    BackupVault: [],
    RecoveryServicesVault: [
      mcsb("network-security", "NS-2", "Secure cloud services with network controls"),
      cis("5.2.5", "Ensure public network access on Recovery Services vaults is Disabled"),
      policy(
        "9ebbbba3-4d65-4da9-bb67-b22cfaaff090",
        "[Preview]: Azure Recovery Services vaults should disable public network access",
      ),
    ],
  },
  crossRegionRestore: {
    BackupVault: [cis("5.1.5", "Ensure 'Cross Region Restore' is set to 'Enabled' on Backup vaults")],
    RecoveryServicesVault: [
      cis("5.2.6", "Ensure 'Cross Region Restore' is set to 'Enabled' on Recovery Services vaults"),
    ],
  },
  crossSubscriptionRestore: {
    BackupVault: [
      cis(
        "5.1.6",
        "Ensure 'Cross Subscription Restore' is set to 'Disabled' or 'Permanently Disabled' on Backup vaults",
      ),
      policy("4d479a11-f2b5-4f0a-bb1e-d2332aa95cda", "[Preview]: Disable Cross Subscription Restore for Backup Vaults"),
    ],
    RecoveryServicesVault: [
      cis(
        "5.2.7",
        "Ensure 'Cross Subscription Restore' is set to 'Disabled' or 'Permanently Disabled' on Recovery Services vaults",
      ),
      policy(
        "f19b0c83-716f-4b81-85e3-2dbf057c35d6",
        "[Preview]: Disable Cross Subscription Restore for Azure Recovery Services vaults",
      ),
    ],
  },
  resourceGuard: {
    BackupVault: [
      protectBackups,
      policy(
        "c58e083e-7982-4e24-afdc-be14d312389e",
        "[Preview]: Multi-User Authorization (MUA) must be enabled for Backup Vaults.",
      ),
    ],
    RecoveryServicesVault: [
      protectBackups,
      policy(
        "c7031eab-0fc0-4cd9-acd0-4497bd66d91a",
        "[Preview]: Multi-User Authorization (MUA) must be enabled for Recovery Services Vaults.",
      ),
    ],
  },
  deletion: both(protectBackups),
  alerts: both(monitorBackups),
  key: both(keyManagement),
  keyVault: both(keyRepository, ...keyVaultPolicies),
};

/** Topics whose rules are about what the table has under another name. */
const sameAs: Partial<Record<Topic, string>> = {
  retention: "softDelete",
  apiVersion: "softDelete",
  keyAccess: "key",
  keyIdentity: "key",
  keyChange: "key",
  keyCoverage: "key",
};

/** Rules about what vaults depend on have no topic, and are about vaults of both kinds. */
const ofDependencies: Record<string, string> = {
  "resource-group-deleted": "deletion",
  "snapshot-resource-group-deleted": "deletion",
  "backup-storage-account-deleted": "deletion",
  "backup-source-deleted": "deletion",
  "backup-source-weakened": "deletion",
  "backup-extension-changed": "deletion",
  "backup-storage-account-lock-removed": "deletion",
  "backup-instance-deleted": "deletion",
  "rsv-protected-item-deleted": "deletion",
  "lock-removed": "deletion",
  "deny-settings-removed": "deletion",
  "resource-guard-deleted": "deletion",
  "resource-guard-weakened": "deletion",
  "resource-guard-unlinked": "deletion",
  "key-in-use-deleted": "key",
  "key-in-use-disabled": "key",
  "identity-in-use-deleted": "key",
  "key-access-in-use-removed": "key",
  "key-vault-in-use-deleted": "keyVault",
};

const none: readonly Control[] = [];

/** What is asked of a setting of a vault of this kind. */
const controlsOfSetting = (kind: VaultKind, setting: string): readonly Control[] =>
  (Object.hasOwn(table, setting) ? table[setting]?.[kind] : undefined) ?? none;

export function controlsOfRule(
  rule: Pick<RuleText, "code"> & Partial<Pick<AnyRule, "topic" | "resource">>,
): readonly Control[] {
  const { code, topic, resource = "BackupVault" } = rule;
  return controlsOfSetting(resource, topic ? (sameAs[topic] ?? topic) : (ofDependencies[code] ?? ""));
}

/** The controls that a verdict is about: those of its rule, or of its setting if a rule is about several settings. */
export function controlsOf(
  { resource, property }: Pick<Verdict, "resource" | "property">,
  rule: RuleText | undefined,
): readonly Control[] {
  const ofRule = rule ? controlsOfRule(rule) : none;
  if (ofRule.length > 0) return ofRule;
  const [setting = ""] = property.split(".");
  const isInfrastructure = property.endsWith("infrastructureEncryption");
  return controlsOfSetting(resource, isInfrastructure ? "infrastructureEncryption" : setting);
}

/** A setting of a vault that controls ask certain values of. */
export interface Demand {
  /** A name in the table above. */
  setting: string;
  /** As findings name it. */
  property: string;
  /** The values that satisfy all controls of a framework, in the spelling of either kind of vault. */
  satisfiedBy: Readonly<Record<string, readonly string[]>>;
}

/**
 * What values of a vault's settings satisfy the controls. Those of Azure Policy ask for what the built-in
 * definitions ask for unless their parameters are changed: only for permanent soft delete and locked immutability. The Microsoft
 * cloud security benchmark states principles, and asks for no value of a setting.
 */
export const demands: readonly Demand[] = [
  {
    setting: "softDelete",
    property: "softDelete.state",
    satisfiedBy: { [cisStorage]: ["On", "Enabled", "AlwaysOn"], [azurePolicy]: ["AlwaysOn"] },
  },
  {
    setting: "immutability",
    property: "immutability",
    satisfiedBy: { [cisStorage]: ["Unlocked", "Locked"], [azurePolicy]: ["Locked"] },
  },
  {
    setting: "resourceGuard",
    property: "resourceGuard",
    satisfiedBy: { [azurePolicy]: ["Enabled"] },
  },
  {
    setting: "publicNetworkAccess",
    property: "publicNetworkAccess",
    satisfiedBy: { [cisStorage]: ["Disabled"], [azurePolicy]: ["Disabled"] },
  },
  {
    setting: "encryption",
    property: "encryption",
    satisfiedBy: { [cisStorage]: ["customer-managed key"], [azurePolicy]: ["customer-managed key"] },
  },
  {
    setting: "infrastructureEncryption",
    property: "encryption.infrastructureEncryption",
    satisfiedBy: { [cisStorage]: ["Enabled"] },
  },
  {
    setting: "crossRegionRestore",
    property: "crossRegionRestore",
    satisfiedBy: { [cisStorage]: ["Enabled"] },
  },
  {
    setting: "crossSubscriptionRestore",
    property: "crossSubscriptionRestore",
    satisfiedBy: {
      [cisStorage]: ["Disabled", "PermanentlyDisabled"],
      [azurePolicy]: ["Disabled", "PermanentlyDisabled"],
    },
  },
];

/** The controls of a kind of vault that ask for certain values of a setting. */
export const controlsAsking = (kind: VaultKind, { setting, satisfiedBy }: Demand): UnmetControl[] =>
  controlsOfSetting(kind, setting).flatMap((control) => {
    const values = satisfiedBy[control.framework];
    return values ? [{ ...control, satisfiedBy: values }] : [];
  });
