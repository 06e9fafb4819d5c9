import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { keyPath, requireKey, showKey } from "./path.js";

export const getVersion = operation({
  name: "Keys_GetVersion",
  method: "GET",
  path: `${keyPath}/versions/{keyVersion}`,
  answer(call) {
    const { keyVault, key } = requireKey(call);
    const found = key.versions.find(({ version }) => version === call.params.keyVersion);
    if (found !== undefined) return ok(showKey(keyVault, key, found));
    const message = `A key with (name/id) ${key.name}/${call.params.keyVersion} was not found in this key vault.`;
    throw new ArmError(404, "KeyNotFound", message);
  },
});
