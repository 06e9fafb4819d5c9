import { get } from "./get.js";
import { list } from "./list.js";

export const localRoleDefinitions = [...get, ...list];
