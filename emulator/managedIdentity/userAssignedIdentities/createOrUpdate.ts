import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { tracked } from "../../http/tracked.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { guid } from "../../world.js";
import { findIdentity, identityId, identityPath, identityType } from "./path.js";

export const createOrUpdate = operation({
  name: "UserAssignedIdentities_CreateOrUpdate",
  method: "PUT",
  path: identityPath,
  answer(call) {
    const before = findIdentity(call);
    const given = requestBody(call.request, { ...tracked, properties: { isolationScope: "string" } });
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const id = identityId(call);
    const identity = {
      id: before?.id ?? id,
      name: before?.name ?? call.params.resourceName,
      type: identityType,
      location: before?.location ?? normalLocation(String(given.location)),
      tags: given.tags ?? {},
      properties: before?.properties ?? {
        isolationScope: given.properties?.isolationScope ?? "None",
        tenantId: call.world.tenantId,
        principalId: guid(),
        clientId: guid(),
      },
    };
    call.world.userAssignedIdentities.set(id.toLowerCase(), identity);
    return { status: before === undefined ? 201 : 200, body: identity };
  },
});
