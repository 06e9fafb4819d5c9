import { get } from "./get.js";
import { list } from "./list.js";

export const denyAssignments = [get, list];
