import type { IrreversibleSetting, Verdict } from "../rules/index.js";

/**
 * What there is to know of one vault, as its overview page in Azure's portal shows it, and what this package's rules
 * make of it. What could not be read is absent, and `unreadable` says why. (`| undefined` rather than `?` where a
 * program may want the property of an output: Pulumi lifts no optional ones.)
 */
export interface VaultOverview {
  vaultId: string;
  kind: "BackupVault" | "RecoveryServicesVault";
  vaultName: string;
  resourceGroupName: string;
  subscriptionId: string;
  /** Azure's short spelling, such as `westeurope`. */
  location: string;
  /** Azure's word: `Succeeded`, `Failed`, `Updating`, ... */
  provisioningState?: string;
  settings: VaultSettings;
  /** Azure's own marks. */
  security: {
    /** `Poor`, `Fair`, `Good` or `Excellent`; `NotSupported` where Azure gives none. */
    bcdrSecurityLevel?: string;
    /** `None`, `Minimum`, `Adequate` or `Maximum`; `NotSupported` where Azure gives none. */
    secureScore?: string;
  };
  /** Backup instances, or protected items, by type and state. Soft-deleted ones have the state `SoftDeleted`. */
  instances: InstanceCount[] | undefined;
  /** Jobs that began within the last seven days. */
  jobs: JobCount[] | undefined;
  encryption: EncryptionOverview;
  deletion: {
    /** `undecided`: what it depends on could not be read. */
    decision: "possible" | "blocked" | "undecided";
    /** What stands against it or is to be known before it, in the order to clear it. */
    findings: DeletionFinding[];
  };
  /** The settings that cannot go to every state any more. */
  closed: IrreversibleSetting[];
  /** What could not be read, and why. */
  unreadable: Unreadable[];
}

/** In Azure's words. Absent: Azure tells none. */
export interface VaultSettings {
  redundancy?: string;
  immutability?: string;
  softDelete?: { state?: string; retentionDurationInDays?: number };
  crossRegionRestore?: string;
  crossSubscriptionRestore?: string;
  /** Whether a resource guard asks a second person about critical changes (multi-user authorization). */
  isProtectedByResourceGuard?: boolean;
}

export interface InstanceCount {
  /** Azure's data source type, such as `Microsoft.Compute/disks`. */
  type: string;
  /** Azure's protection state, such as `ProtectionConfigured`. */
  state: string;
  count: number;
}

export interface JobCount {
  /** Such as `Backup` or `Restore`. */
  operation: string;
  /** Such as `Completed`, `Failed` or `InProgress`. */
  status: string;
  count: number;
}

export interface EncryptionOverview {
  /** Whose keys encrypt the vault. */
  keys: "platform" | "customer";
  /** Azure's word: `Enabled`, or `Inconsistent` after a change that failed halfway. */
  state?: string;
  keyUri?: string;
  /** The identity that reaches the key: `SystemAssigned`, or the ARM id of a user-assigned one. */
  identity?: string;
  infrastructureEncryption?: string;
  /** The key as it is now. */
  key?: KeyOverview;
  keyVault?: "missing" | { softDelete: boolean; purgeProtection: boolean; networkRestricted: boolean };
  /** What the identity may do with the key. `unknown`: Azure's roles do not let us be sure. */
  access?: Record<"get" | "wrap" | "unwrap", "yes" | "no" | "unknown">;
}

export interface KeyOverview {
  /** `usable`, or why the vault cannot use it. */
  status: "usable" | "missing" | "disabled" | "expired" | "not valid yet";
  /** Such as `RSA` and `RSA-HSM`. */
  type?: string;
  /** In bits. */
  size?: number;
  /** ISO 8601, in UTC. Absent: it has none. */
  notBefore?: string;
  expires?: string;
}

/** One thing that a deletion meets, as the provider would say it. */
export type DeletionFinding = Pick<Verdict, "code" | "decision" | "reason" | "remediation" | "source">;

export interface Unreadable {
  /** Such as `the vault's backup instances`. */
  what: string;
  why: string;
}
