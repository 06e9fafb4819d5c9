import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireStore, showStore, storePath } from "../stores/path.js";
import { managedHsmProperties } from "./properties.js";
import { managedHsmShape } from "./shape.js";

export const update = operation({
  name: "ManagedHsms_Update",
  method: "PATCH",
  path: storePath("managedHSMs"),
  answer(call) {
    const record = requireStore(call, "managedHSMs");
    const given = requestBody(call.request, managedHsmShape);
    const properties = managedHsmProperties(given.properties ?? {}, record.body.properties);
    record.body = { ...record.body, tags: given.tags ?? record.body.tags, properties };
    return ok(showStore(call, record));
  },
});
