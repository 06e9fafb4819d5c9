import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { getAtScope, getById } from "./get.js";
import { list } from "./list.js";

export const roleDefinitions = [getAtScope, getById, list, createOrUpdate, remove];
