import { checkNameAvailability } from "./checkNameAvailability.js";
import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { listInResourceGroup } from "./listInResourceGroup.js";
import { listInSubscription } from "./listInSubscription.js";
import { update } from "./update.js";

export const backupVaults = [
  get,
  createOrUpdate,
  update,
  remove,
  listInResourceGroup,
  listInSubscription,
  checkNameAvailability,
];
