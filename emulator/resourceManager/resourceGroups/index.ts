import { checkExistence } from "./checkExistence.js";
import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { list } from "./list.js";
import { listResources } from "./listResources.js";
import { update } from "./update.js";

export const resourceGroups = [createOrUpdate, update, get, checkExistence, list, listResources, remove];
