import type { World } from "../world.js";
import { builtInRoles } from "./builtInRoles.js";
import type { Role } from "./records.js";

export function rolesOf(world: World): Role[] {
  return [...builtInRoles, ...world.customRoles.values()];
}

export function roleOf(world: World, roleDefinitionId: string): Role | undefined {
  const name = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  return rolesOf(world).find((role) => role.name.toLowerCase() === name);
}
