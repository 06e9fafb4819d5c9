import { operation } from "../../http/operation.js";
import { unverified } from "../backupError.js";
import { accepted, beginInstanceOperation, effectOn } from "../backupInstances/path.js";
import { refuseProtected } from "../protectedSources.js";
import { deletedInstancePath, requireDeletedInstance } from "./path.js";

export const undelete = operation({
  name: "DeletedBackupInstances_Undelete",
  method: "POST",
  path: `${deletedInstancePath}/undelete`,
  answer(call) {
    const { vault, instance } = requireDeletedInstance(call);
    if (vault.instances.has(effectOn(vault, instance.name).instance)) {
      const message = `There is a backup instance '${instance.name}' already. Azure's answer is not known.`;
      throw unverified("undelete-name-taken", message, 409);
    }
    refuseProtected(call.world, undefined, instance.properties.dataSourceInfo.resourceID);
    const effect = { kind: "instanceUndeleted", ...effectOn(vault, instance.name) } as const;
    return accepted(beginInstanceOperation(call, vault, effect));
  },
});
