import type { Azure, Within } from "../azure/index.js";
import type { VaultOverview } from "./vaultOverview.js";

/** One of Azure's two kinds of vaults: how its vaults are found, and what there is to know of one. */
export interface VaultKind<Vault = unknown> {
  name: VaultOverview["kind"];
  /** Such as `Microsoft.DataProtection/backupVaults`. */
  resourceType: string;
  find(azure: Azure, vaultId: string, within: Within): Promise<Vault | undefined>;
  list(azure: Azure, subscriptionId: string, within: Within): Promise<Vault[]>;
  idOf(vault: Vault): string;
  overview(azure: Azure, vault: Vault, within: Within): Promise<VaultOverview>;
}
