import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { deletedStorePath, requireDeletedStore, showDeletedStore } from "./deletedPath.js";
import { storeTypes } from "./types.js";

export const getDeleted = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_GetDeleted" : "ManagedHsms_GetDeleted",
    method: "GET",
    path: deletedStorePath(type),
    answer: (call) => ok(showDeletedStore(call.params.subscriptionId, type, requireDeletedStore(call, type))),
  }),
);
