import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { policyPath, requirePolicy, showPolicy } from "./path.js";

export const get = operation({
  name: "ProtectionPolicies_Get",
  method: "GET",
  path: policyPath,
  answer(call) {
    const { vault, policy } = requirePolicy(call);
    return ok(showPolicy(vault, policy));
  },
});
