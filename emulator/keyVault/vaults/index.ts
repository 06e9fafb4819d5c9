import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { listByResourceGroup } from "./listByResourceGroup.js";
import { listBySubscription } from "./listBySubscription.js";
import { update } from "./update.js";
import { updateAccessPolicy } from "./updateAccessPolicy.js";

export const keyVaults = [
  get,
  createOrUpdate,
  update,
  remove,
  listByResourceGroup,
  listBySubscription,
  updateAccessPolicy,
];
