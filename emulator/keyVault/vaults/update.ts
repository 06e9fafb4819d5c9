import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { keyVaultProperties } from "./createOrUpdate.js";
import { keyVaultPath, requireKeyVault } from "./path.js";
import { keyVaultShape } from "./shape.js";

export const update = operation({
  name: "Vaults_Update",
  method: "PATCH",
  path: keyVaultPath,
  answer(call) {
    const record = requireKeyVault(call);
    const given = requestBody(call.request, keyVaultShape);
    const before = record.body.properties;
    const properties = keyVaultProperties(record.body.name, { ...without(before), ...given.properties }, before);
    record.body = { ...record.body, tags: given.tags ?? record.body.tags, properties };
    return ok(record.body);
  },
});

/** It refuses false, which is also what stands for "never set". */
function without({ enablePurgeProtection: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
