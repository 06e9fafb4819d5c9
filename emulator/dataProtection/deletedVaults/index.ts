import { get } from "./get.js";
import { list } from "./list.js";

export const deletedVaults = [get, list];
