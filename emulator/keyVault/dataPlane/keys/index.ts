import { create } from "./create.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { getRotationPolicy } from "./getRotationPolicy.js";
import { importKey } from "./import.js";
import { list } from "./list.js";
import { listVersions } from "./listVersions.js";
import { rotate } from "./rotate.js";
import { update } from "./update.js";
import { updateRotationPolicy } from "./updateRotationPolicy.js";
import { uses } from "./use.js";

/** Those with a word at the end stand before those that take it for a version. */
export const keysOfDataPlane = [
  list,
  listVersions,
  create,
  rotate,
  ...uses,
  getRotationPolicy,
  updateRotationPolicy,
  importKey,
  remove,
  ...get,
  ...update,
];
