import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireSubscription } from "../../resourceManager/requireGroup.js";
import { locationId } from "../asyncHeaders.js";
import { deletedVaultsPath } from "./list.js";

export const get = operation({
  name: "DeletedBackupVaults_Get",
  method: "GET",
  path: `${deletedVaultsPath}/{deletedVaultName}`,
  answer(call) {
    requireSubscription(call);
    const id = `${locationId(call.params)}/deletedVaults/${call.params.deletedVaultName}`;
    const found = call.world.deletedVaults.get(id.toLowerCase());
    if (found !== undefined) return ok(found.body);
    throw new ArmError(404, "ResourceNotFound", `The deleted vault '${call.params.deletedVaultName}' was not found.`);
  },
});
