import { get } from "./get.js";
import { list } from "./list.js";
import { purge } from "./purge.js";
import { recover } from "./recover.js";

export const deletedKeys = [list, get, recover, purge];
