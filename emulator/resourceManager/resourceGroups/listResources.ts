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
    return page(
      call,
      resources(call.world).filter(({ id }) => id.toLowerCase().startsWith(prefix)),
    );
  },
});

/** The generic view: without properties. */
function resources(world: World): ArmResource[] {
  const all = [
    ...[...world.vaults.values()].map(({ body }) => body),
    ...world.userAssignedIdentities.values(),
    ...world.resourceGuards.values(),
  ];
  return all.map(({ id, name, type, location, tags, identity }) => ({ id, name, type, location, tags, identity }));
}
