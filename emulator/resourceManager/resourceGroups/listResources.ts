import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import type { ArmResource, World } from "../../world.js";
import { requireGroup } from "../requireGroup.js";
import { groupPath } from "./path.js";

export const listResources = operation({
  name: "Resources_ListByResourceGroup",
  method: "GET",
  path: `${groupPath}/resources`,
  answer(call) {
    const prefix = `${requireGroup(call).id.toLowerCase()}/`;
    const here = resources(call.world).filter(({ id }) => id.toLowerCase().startsWith(prefix));
    return page(call, here, generic);
  },
});

function resources(world: World): ArmResource[] {
  const vaults = [...world.vaults.values()].map(({ body }) => body);
  return [...vaults, ...world.userAssignedIdentities.values(), ...world.resourceGuards.values()];
}

/** The generic view is without properties. */
function generic({ id, name, type, location, tags, identity }: ArmResource): ArmResource {
  return { id, name, type, location, tags, identity };
}
