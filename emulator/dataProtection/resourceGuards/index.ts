import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { listInResourceGroup } from "./listInResourceGroup.js";
import { listInSubscription } from "./listInSubscription.js";
import { patch } from "./patch.js";
import { getRequestObject, listRequestObjects } from "./requestObjects.js";

export const resourceGuards = [
  get,
  createOrUpdate,
  patch,
  remove,
  listInResourceGroup,
  listInSubscription,
  getRequestObject,
  listRequestObjects,
];
