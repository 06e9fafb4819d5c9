import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { listByResourceGroup } from "./listByResourceGroup.js";
import { listBySubscription } from "./listBySubscription.js";
import { update } from "./update.js";

export const recoveryServicesVaults = [get, createOrUpdate, update, remove, listByResourceGroup, listBySubscription];
