import { getReplicatedItem } from "./getReplicatedItem.js";
import { listReplicatedItems } from "./listReplicatedItems.js";
import { purgeReplicatedItem } from "./purgeReplicatedItem.js";
import { createVaultSettings, getVaultSettings, listVaultSettings } from "./vaultSettings.js";

/** Of Azure Site Recovery, what a vault's deletion depends on, and what clients read of every vault. */
export const siteRecovery = [
  listReplicatedItems,
  getReplicatedItem,
  purgeReplicatedItem,
  listVaultSettings,
  getVaultSettings,
  createVaultSettings,
];
