import { getAtScope, getById } from "./get.js";
import { list } from "./list.js";

export const roleDefinitions = [getAtScope, getById, list];
