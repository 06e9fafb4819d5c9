import { getReplicatedItem } from "./getReplicatedItem.js";
import { listReplicatedItems } from "./listReplicatedItems.js";
import { purgeReplicatedItem } from "./purgeReplicatedItem.js";

/** Of Azure Site Recovery, what a vault's deletion depends on. */
export const siteRecovery = [listReplicatedItems, getReplicatedItem, purgeReplicatedItem];
