import { lessFrequent } from "./backupFrequency.js";
import { backupRoleRemoved } from "./backupRoles.js";
import { extensionChanged, sourceDeleted, sourcePartDeleted, sourceUnlocked, sourceWeakened } from "./backupSources.js";
import { sourceClosed } from "./closedSources.js";
import {
  containerUnregistered,
  instanceDeleted,
  itemDeleted,
  policyDeleted,
  protectionPolicyDeleted,
  replicatedItemDeleted,
} from "./deletedBackups.js";
import { groupDeleted } from "./deletedGroup.js";
import { instanceGuarded, itemGuarded } from "./guardedBackups.js";
import { protectionPolicyGuarded } from "./guardedPolicy.js";
import { guardElsewhere, guardInUse, guardMandatory, guardSelfApproved } from "./guards.js";
import {
  instanceReplaced,
  instanceResumed,
  instanceStopped,
  itemReplaced,
  itemResumed,
  itemStopped,
} from "./instanceChanges.js";
import { itemPolicyDowngraded, itemPolicyShorter } from "./itemPolicies.js";
import {
  accessRemoved,
  identityDeleted,
  identityOnVault,
  keyDeleted,
  keyDisabled,
  keyVaultDeleted,
  keyVaultRestricted,
  keyVaultTenantChanged,
  permissionModelChanged,
} from "./keyDependencies.js";
import { instanceNarrowed, itemNarrowed } from "./narrowedBackups.js";
import { backupGroupLocked, snapshotGroupLocked, sourceReadOnly } from "./newLocks.js";
import { policyChanged, policyRetentionShorter } from "./policyChanges.js";
import { protectionPolicyLonger, protectionPolicyShorter, protectionPolicyVaulted } from "./protectionPolicyChanges.js";
import {
  denySettingsRemoved,
  endpointDeleted,
  guardDeleted,
  guardUnlinked,
  guardWeakened,
  lockRemoved,
} from "./removedProtection.js";
import type { RuleText } from "./rule.js";
import { allRules } from "./rules.js";
import { snapshotDeleted, snapshotGroupDeleted } from "./snapshotGroup.js";

/** About what the data in vaults depends on, whoever manages it. */
export const dependencyRules: readonly RuleText[] = [
  groupDeleted,
  snapshotGroupDeleted,
  snapshotDeleted,
  sourceDeleted,
  sourcePartDeleted,
  sourceWeakened,
  sourceClosed,
  sourceUnlocked,
  extensionChanged,
  backupRoleRemoved,
  instanceDeleted,
  instanceReplaced,
  instanceStopped,
  instanceResumed,
  instanceNarrowed,
  instanceGuarded,
  policyDeleted,
  policyChanged,
  policyRetentionShorter,
  lessFrequent.BackupVault,
  itemDeleted,
  itemReplaced,
  itemStopped,
  itemResumed,
  itemNarrowed,
  itemGuarded,
  itemPolicyDowngraded,
  itemPolicyShorter,
  lessFrequent.RecoveryServicesVault,
  containerUnregistered,
  protectionPolicyDeleted,
  protectionPolicyShorter,
  protectionPolicyLonger,
  protectionPolicyVaulted,
  protectionPolicyGuarded,
  replicatedItemDeleted,
  keyDeleted,
  keyDisabled,
  keyVaultDeleted,
  keyVaultRestricted,
  permissionModelChanged,
  keyVaultTenantChanged,
  identityDeleted,
  identityOnVault,
  accessRemoved,
  lockRemoved,
  backupGroupLocked,
  snapshotGroupLocked,
  sourceReadOnly,
  denySettingsRemoved,
  guardDeleted,
  guardWeakened,
  guardUnlinked,
  guardInUse,
  guardMandatory,
  guardElsewhere,
  guardSelfApproved,
  endpointDeleted,
];

/** Every rule of this package, in the order of the documentation. */
export const catalogue: readonly RuleText[] = [...allRules, ...dependencyRules];

const byCode = new Map(catalogue.map((rule) => [rule.code, rule]));

export const ruleText = (code: string): RuleText | undefined => byCode.get(code);
