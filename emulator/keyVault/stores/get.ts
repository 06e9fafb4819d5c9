import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requireStore, showStore, storePath } from "./path.js";
import { storeTypes } from "./types.js";

export const get = storeTypes.map((type) =>
  operation({
    name: type === "vaults" ? "Vaults_Get" : "ManagedHsms_Get",
    method: "GET",
    path: storePath(type),
    answer: (call) => ok(showStore(call, requireStore(call, type))),
  }),
);
