import { operation } from "../../http/operation.js";
import { noContent } from "../../http/reply.js";
import { findStore, storePath } from "./path.js";
import { softDeleteStore } from "./softDelete.js";
import { storeTypes } from "./types.js";

export const remove = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_Delete" : "ManagedHsms_Delete",
    method: "DELETE",
    path: storePath(type),
    answer(call) {
      const found = findStore(call, type);
      if (found === undefined) return noContent;
      softDeleteStore(call.world, type, found, call.now);
      return { status: 200 };
    },
  }),
);
