import { create } from "./create.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { listForScope } from "./listForScope.js";

export const localRoleAssignments = [...get, ...create, ...remove, ...listForScope];
