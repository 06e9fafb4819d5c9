import type { ArmResource } from "../../armResource.js";
import type { ArmError } from "../../http/armError.js";
import type { RecoveryServicesVaultRecord } from "../records.js";
import type { VaultSettings } from "../vaultSettings.js";

/** A vault about to be written: what it is and what it would be. */
export interface VaultChange {
  name: string;
  /** Undefined: the vault is being created. */
  before?: VaultSettings;
  after: VaultSettings;
  vault?: RecoveryServicesVaultRecord;
  /** The resource guards of the subscription, by lower-cased id. */
  resourceGuards: Map<string, ArmResource>;
}

/** Azure's answer to a change that it does not make. */
export type VaultRule = (change: VaultChange) => ArmError | undefined;
