import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { list } from "./list.js";
import { unlockDelete } from "./unlockDelete.js";

export const resourceGuardProxies = [get, list, createOrUpdate, remove, unlockDelete];
