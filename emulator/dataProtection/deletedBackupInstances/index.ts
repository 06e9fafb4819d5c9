import { get } from "./get.js";
import { list } from "./list.js";
import { undelete } from "./undelete.js";

export const deletedBackupInstances = [get, list, undelete];
