import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireStore, showStore, storePath } from "../stores/path.js";
import { changePolicies } from "./changePolicies.js";
import { keyVaultProperties } from "./properties.js";
import { keyVaultShape } from "./shape.js";

export const update = operation({
  name: "Vaults_Update",
  method: "PATCH",
  path: storePath("vaults"),
  answer(call) {
    const record = requireStore(call, "vaults");
    const given = requestBody(call.request, keyVaultShape);
    const before = record.body.properties;
    const properties = keyVaultProperties({ ...without(before), ...given.properties }, before);
    changePolicies(call, record, properties.accessPolicies);
    record.body = { ...record.body, tags: given.tags ?? record.body.tags, properties };
    return ok(showStore(call, record));
  },
});

/** It refuses false, which is also what stands for "never set". */
function without({ enablePurgeProtection: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
