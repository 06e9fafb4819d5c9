import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { deletedInstancePath, requireDeletedInstance, showDeleted } from "./path.js";

export const get = operation({
  name: "DeletedBackupInstances_Get",
  method: "GET",
  path: deletedInstancePath,
  answer: (call) => ok(showDeleted(requireDeletedInstance(call).instance)),
});
