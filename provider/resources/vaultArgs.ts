import type { Input } from "@pulumi/pulumi";
import type * as types from "./types.js";

/** The arguments that both kinds of vaults share. */
export interface VaultArgs {
  /** An existing resource group. A new group replaces the vault. */
  resourceGroupName: Input<string>;
  /**
   * A new subscription replaces the vault.
   * @default the configuration `azure-backup:subscriptionId`, or `ARM_SUBSCRIPTION_ID`, when the vault is created
   */
  subscriptionId?: Input<string>;
  /** The Azure region, such as `westeurope`. A new region replaces the vault. */
  location: Input<string>;
  /** Azure Monitor alerts for failed jobs. Can be changed at any time. */
  alertsForAllJobFailures?: Input<types.EnabledOrDisabled>;
  /** The detail of cost reports. Can be changed at any time. */
  costManagementGranularity?: Input<types.CostManagementGranularity>;
  /** All tags of the vault: others are removed. Can be changed at any time. */
  tags?: Input<{ [name: string]: Input<string> }>;
  /**
   * Adopts a vault that exists already and updates it to match the program. To adopt a vault for one run only, put its ID
   * in the environment variable `AZURE_BACKUP_ADOPT` or in the configuration `azure-backup:adopt`.
   * @default false
   */
  adopt?: Input<boolean>;
  /**
   * Brings back a soft-deleted vault with this name, resource group and region, with its backups, and updates it to match the
   * program. If there is none, a new vault is created. Has no effect on a vault that exists.
   * https://learn.microsoft.com/azure/backup/secure-by-default
   * @default false
   */
  undelete?: Input<boolean>;
  /**
   * Codes of rules to override. Only rules that are not based on a statement by Microsoft can be overridden; see
   * docs/rules.md.
   * @default none
   */
  accept?: Input<Input<string>[]>;
  /** How long operations on the vault may take. */
  timeouts?: Input<types.Timeouts>;
}
