import type { IrreversibleSetting, Verdict } from "../rules/verdict.js";
import type { DataSourceOverview, PolicyOverview, ResourceGuardOverview } from "./vaultContents.js";

/**
 * The state of one vault, as on its overview page in the Azure portal, and what this package's rules conclude from it.
 * What could not be read is absent, and `unreadable` says why. (`| undefined` instead of `?` for properties that a program
 * may use on an output, because Pulumi does not lift optional properties.)
 */
export interface VaultOverview {
  /** The vault's ARM ID. */
  vaultId: string;
  /** Which kind of vault it is. */
  kind: "BackupVault" | "RecoveryServicesVault";
  /** The vault's name. */
  vaultName: string;
  /** The vault's resource group. */
  resourceGroupName: string;
  /** The vault's subscription. */
  subscriptionId: string;
  /** Azure's short spelling, such as `westeurope`. */
  location: string;
  /** Azure's value: `Succeeded`, `Failed`, `Updating`, ... */
  provisioningState?: string;
  /** Its most important settings. */
  settings: OverviewSettings;
  /** Azure's own ratings. */
  security: {
    /** `Poor`, `Fair`, `Good` or `Excellent`; `NotSupported` if Azure gives none. */
    bcdrSecurityLevel?: string;
    /** `None`, `Minimum`, `Adequate` or `Maximum`; `NotSupported` if Azure gives none. */
    secureScore?: string;
  };
  /** Backup instances or protected items, by type and state. Soft-deleted ones have the state `SoftDeleted`. */
  instances: InstanceCount[] | undefined;
  /** What it backs up, and what soft delete keeps, by name. */
  dataSources: DataSourceOverview[] | undefined;
  /** Its backup policies, by name. */
  policies: PolicyOverview[] | undefined;
  /** The resource guards that protect it: none or one. */
  resourceGuards: ResourceGuardOverview[] | undefined;
  /** Jobs that started within the last seven days. */
  jobs: JobCount[] | undefined;
  /** What encrypts the vault, and whether its key can be used. */
  encryption: EncryptionOverview;
  /** Whether the vault can be deleted. */
  deletion: {
    /** `undecided` if something that it depends on could not be read. */
    decision: "possible" | "blocked" | "undecided";
    /** What blocks it, or what to know before it, in the order in which to clear it. */
    findings: DeletionFinding[];
  };
  /** The settings that can no longer change to every value. */
  closed: IrreversibleSetting[];
  /** What could not be read, and why. */
  unreadable: Unreadable[];
}

/** Azure's values. Absent if Azure returns none. */
export interface OverviewSettings {
  /** How backup data is replicated. */
  redundancy?: string;
  /** Whether backups can be deleted before they expire. */
  immutability?: string;
  /** Whether deleted backup data is kept, and for how long. */
  softDelete?: {
    /** Whether it is kept. */
    state?: string;
    /** How many days it is kept. */
    retentionDurationInDays?: number;
  };
  /** Restore to the paired region. */
  crossRegionRestore?: string;
  /** Restore to another subscription. */
  crossSubscriptionRestore?: string;
  /** Whether a resource guard requires a second person's approval for critical changes (multi-user authorization). */
  isProtectedByResourceGuard?: boolean;
}

export interface InstanceCount {
  /** Azure's data source type, such as `Microsoft.Compute/disks`. */
  type: string;
  /** Azure's protection state, such as `ProtectionConfigured`. */
  state: string;
  /** How many there are of this type in this state. */
  count: number;
}

export interface JobCount {
  /** Such as `Backup` or `Restore`. */
  operation: string;
  /** Such as `Completed`, `Failed` or `InProgress`. */
  status: string;
  /** How many jobs there are of this operation with this status. */
  count: number;
}

export interface EncryptionOverview {
  /** Whether platform-managed or customer-managed keys encrypt the vault. */
  keyManagement: "platform" | "customer";
  /** Azure's value: `Enabled`, or `Inconsistent` after a change that did not complete. */
  state?: string;
  /** The URI of the customer-managed key. */
  keyUri?: string;
  /** The identity that accesses the key: `SystemAssigned`, or the ARM ID of a user-assigned one. */
  identity?: string;
  /** Whether there is a second layer of encryption. */
  infrastructureEncryption?: string;
  /** The key's current state. */
  key?: KeyOverview;
  /** `missing`, or what the vault's encryption asks of the key vault or Managed HSM. */
  keyVault?: "missing" | { softDelete: boolean; purgeProtection: boolean; networkRestricted: boolean };
  /** What the identity may do with the key. `unknown` if its role assignments do not determine it. */
  access?: Record<"get" | "wrap" | "unwrap", "yes" | "no" | "unknown">;
}

export interface KeyOverview {
  /** `usable`, or why the vault cannot use it. */
  status: "usable" | "missing" | "disabled" | "expired" | "not valid yet";
  /** Such as `RSA` and `RSA-HSM`. */
  type?: string;
  /** In bits. */
  size?: number;
  /** ISO 8601, in UTC. Absent if the key has none. */
  notBefore?: string;
  /** ISO 8601, in UTC. Absent if the key does not expire. */
  expires?: string;
}

/** A verdict on a deletion, as the provider would report it. */
export type DeletionFinding = Pick<Verdict, "code" | "decision" | "reason" | "remediation" | "source">;

export interface Unreadable {
  /** Such as `the vault's backup instances`. */
  what: string;
  /** Such as an error of Azure. */
  why: string;
}
