import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { getRequestObject } from "./getRequestObject.js";
import { listInResourceGroup } from "./listInResourceGroup.js";

export const resourceGuards = [get, createOrUpdate, remove, listInResourceGroup, getRequestObject];
