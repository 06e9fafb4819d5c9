import type { Operation } from "../../http/operation.js";
import { getContacts } from "./contacts.js";
import { deletedKeys } from "./deletedKeys/index.js";
import { keysOfDataPlane } from "./keys/index.js";
import { localRoleAssignments } from "./roleAssignments/index.js";
import { localRoleDefinitions } from "./roleDefinitions/index.js";

/** Of key vaults and Managed HSMs. */
export const keyOperations: readonly Operation[] = [...keysOfDataPlane, ...deletedKeys];

/** Of key vaults only. */
export const certificateOperations: readonly Operation[] = [getContacts];

/** Of Managed HSMs only. */
export const localRoleOperations: readonly Operation[] = [...localRoleAssignments, ...localRoleDefinitions];
