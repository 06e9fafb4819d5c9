import type { Input } from "@pulumi/pulumi";
import type * as types from "./types.js";

/** The arguments that mean the same for both kinds of vaults. */
export interface VaultArgs {
  /** An existing resource group. Another group is another vault. */
  resourceGroupName: Input<string>;
  /**
   * Another subscription is another vault.
   * @default the configuration `azure-backup:subscriptionId`, or `ARM_SUBSCRIPTION_ID`; then it stays what it was
   */
  subscriptionId?: Input<string>;
  /** The Azure region, such as `westeurope`. Another region is another vault. */
  location: Input<string>;
  /** Azure Monitor alerts for failed jobs. Can be changed at any time. */
  alertsForAllJobFailures?: Input<types.EnabledOrDisabled>;
  /** How finely costs are reported. Can be changed at any time. */
  costManagementGranularity?: Input<types.CostManagementGranularity>;
  tags?: Input<{ [name: string]: Input<string> }>;
  /**
   * Take over a vault that exists already, and change it to what is written here. For one run, the vault's ID in the
   * environment variable `AZURE_BACKUP_ADOPT` or in the configuration `azure-backup:adopt` does the same.
   * @default false
   */
  adopt?: Input<boolean>;
  /**
   * Codes of rules to override. Only rules that rest on others' experience can be; see docs/rules.md.
   * @default none
   */
  accept?: Input<Input<string>[]>;
  timeouts?: Input<types.Timeouts>;
}
