import { operation } from "../../http/operation.js";
import { beginInstanceOperation, effectOn } from "../backupInstances/path.js";
import { deletedInstancePath, requireDeletedInstance } from "./path.js";

export const undelete = operation({
  name: "DeletedBackupInstances_Undelete",
  method: "POST",
  path: `${deletedInstancePath}/undelete`,
  answer(call) {
    const { vault, instance } = requireDeletedInstance(call);
    const effect = { kind: "instanceUndeleted", ...effectOn(vault, instance.name) } as const;
    return { status: 202, headers: beginInstanceOperation(call, vault, effect) };
  },
});
