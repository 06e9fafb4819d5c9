import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { tracked } from "../../http/tracked.js";
import { normalLocation } from "../locations.js";
import { groupId, requireGroup, requireSubscription } from "../requireGroup.js";
import { groupPath } from "./path.js";

export const createOrUpdate = operation({
  name: "ResourceGroups_CreateOrUpdate",
  method: "PUT",
  path: groupPath,
  answer(call) {
    requireSubscription(call);
    const { resourceGroupName: name } = call.params;
    const given = requestBody(call.request, tracked);
    if (!/^[-\w.()]{1,90}$/.test(name) || name.endsWith(".")) {
      const message =
        `The provided resource group name '${name}' has these invalid characters or length. The name can only be ` +
        "a letter, digit, '-', '.', '(', ')' or '_', of at most 90 characters, and not end with '.'.";
      throw new ArmError(400, "InvalidResourceGroupName", message);
    }
    if (typeof given.location !== "string" || given.location === "") {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const id = groupId(call);
    const existing = call.world.resourceGroups.has(id.toLowerCase()) ? requireGroup(call) : undefined;
    const location = normalLocation(given.location);
    if (existing !== undefined && existing.location !== location) {
      const message =
        `Invalid resource group location '${location}'. The Resource group already exists in location ` +
        `'${existing.location}'.`;
      throw new ArmError(409, "InvalidResourceGroupLocation", message);
    }
    const group = {
      id: existing?.id ?? id,
      name: existing?.name ?? name,
      type: "Microsoft.Resources/resourceGroups",
      location,
      ...(given.tags && { tags: given.tags }),
      properties: { provisioningState: "Succeeded" },
    };
    call.world.resourceGroups.set(id.toLowerCase(), group);
    return { status: existing === undefined ? 201 : 200, body: group };
  },
});
