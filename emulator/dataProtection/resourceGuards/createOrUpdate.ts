import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { tracked } from "../../http/tracked.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { invalidInput } from "../backupError.js";
import { guardedOperations, listedOperations } from "./operations.js";
import { findGuard, guardId, guardPath, guardType } from "./path.js";

export const createOrUpdate = operation({
  name: "ResourceGuards_Put",
  method: "PUT",
  path: guardPath,
  answer(call) {
    const before = findGuard(call);
    const given = requestBody(call.request, {
      ...tracked,
      properties: { vaultCriticalOperationExclusionList: ["string"] },
    });
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    const excluded: string[] = given.properties?.vaultCriticalOperationExclusionList ?? [];
    const mandatory = guardedOperations.find((guarded) => guarded.isMandatory && excluded.includes(guarded.operation));
    if (mandatory !== undefined) throw invalidInput(`${mandatory.operation} cannot be excluded.`);
    const id = guardId(call);
    const guard = {
      id: before?.id ?? id,
      name: before?.name ?? call.params.resourceGuardsName,
      type: guardType,
      location: before?.location ?? normalLocation(String(given.location)),
      ...(given.tags && { tags: given.tags }),
      properties: {
        provisioningState: "Succeeded",
        resourceGuardOperations: listedOperations(excluded).map(({ vaultType, operation: name, requests }) => ({
          vaultCriticalOperation: name,
          // Recorded: for DataProtection's own, the operation's name once more.
          requestResourceType:
            vaultType === "Microsoft.DataProtection/backupVaults" ? name : `${guardType}/${requests}`,
        })),
        vaultCriticalOperationExclusionList: excluded,
        allowAutoApprovals: true,
      },
    };
    call.world.resourceGuards.set(id.toLowerCase(), guard);
    return ok(guard);
  },
});
