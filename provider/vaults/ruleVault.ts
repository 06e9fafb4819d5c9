/**
 * The normal form of a vault, of either kind: what every rule judges, whoever speaks.
 * This package's inputs, a live ARM body and another provider's preview are converted to it at the edges.
 *
 * A transition's `before` and `after` are complete: a setting that is absent from `after` goes back to
 * Azure's default. A setting that the program does not manage is carried over by whoever builds the transition.
 */

/** Stands for a value that is not known yet, as in a preview. Only ever a leaf: an unknown object has unknown leaves. */
export const unknown = Symbol.for("pulumi-azure-backup.unknown");

/** A value, or "not known yet". Absent (`undefined`) means not set, which is a third thing. */
export type Maybe<T> = T | typeof unknown;

/** Plain strings, not unions: a value that Azure adds tomorrow must reach the rules, which answer "undecided". */
export interface Vault {
  vaultName?: Maybe<string>;
  resourceGroupName?: Maybe<string>;
  subscriptionId?: Maybe<string>;
  location?: Maybe<string>;
  datastoreType?: Maybe<string>;
  redundancy?: Maybe<string>;
  softDelete?: {
    state?: Maybe<string>;
    retentionDurationInDays?: Maybe<number>;
    /** Of a Recovery Services vault, which has it beside the state. */
    enhancedSecurityState?: Maybe<string>;
  };
  immutability?: Maybe<string>;
  /** Of a Recovery Services vault: for how long `TimeBased` immutability lasts. */
  immutabilityConfiguration?: { type?: Maybe<string>; durationInDays?: Maybe<number> };
  crossRegionRestore?: Maybe<string>;
  crossSubscriptionRestore?: Maybe<string>;
  costManagementGranularity?: Maybe<string>;
  identity?: { systemAssigned?: Maybe<boolean>; userAssigned?: Maybe<Maybe<string>[]> };
  encryption?: Encryption;
  resourceGuardOperationRequests?: Maybe<Maybe<string>[]>;
  /** Of a Recovery Services vault: alerts as they were before Azure Monitor's. */
  classicAlerts?: { alertsForCriticalOperations?: Maybe<string>; emailNotificationsForSiteRecovery?: Maybe<string> };
  /** Names of the private endpoint connections of a Recovery Services vault. Known from a live vault only. */
  privateEndpoints?: Maybe<string[]>;
  /** How a move to another resource group or subscription stands. Known from a live vault only. */
  resourceMoveState?: Maybe<string>;
  /** The next write has to be a PUT, which says the whole vault. Known from a live vault only. */
  lastWriteFailed?: Maybe<boolean>;
  /** Known from a live vault only. */
  isProtectedByResourceGuard?: Maybe<boolean>;
}

export interface Encryption {
  /** `Enabled`, `Disabled` or `Inconsistent`. */
  state?: Maybe<string>;
  keyUri?: Maybe<string>;
  /** `SystemAssigned` or the ARM id of a user-assigned identity. */
  identity?: Maybe<string>;
  /** An id that stands beside `SystemAssigned`: Azure's shape has room for it, and no use. */
  identityId?: Maybe<string>;
  infrastructureEncryption?: Maybe<string>;
}
