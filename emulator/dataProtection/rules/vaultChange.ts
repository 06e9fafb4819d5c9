import type { ArmResource } from "../../armResource.js";
import type { ArmError } from "../../http/armError.js";
import type { BackupVaultRecord } from "../records.js";
import type { VaultSettings } from "../vaultSettings.js";

/** A vault about to be written: what it is and what it would be. */
export interface VaultChange {
  name: string;
  location: string;
  apiVersion: string;
  asksForAlwaysOn: boolean;
  /** Undefined: the vault is being created. */
  before?: VaultSettings;
  after: VaultSettings;
  vault?: BackupVaultRecord;
  /** The resource guards of the subscription, by lower-cased id. */
  resourceGuards: Map<string, ArmResource>;
}

/** Azure's answer to a change that it does not make. */
export type VaultRule = (change: VaultChange) => ArmError | undefined;

/**
 * Data in the vault, also what is soft-deleted: it can come back. Whether Azure counts those is not published.
 */
export function holdsData(vault: BackupVaultRecord | undefined): boolean {
  return vault !== undefined && vault.instances.size + vault.deletedInstances.size > 0;
}
