import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { requireKey } from "./path.js";
import { rotationPolicyPath, showRotationPolicy } from "./rotationPolicy.js";

export const getRotationPolicy = operation({
  name: "GetKeyRotationPolicy",
  method: "GET",
  path: rotationPolicyPath,
  answer: (call) => ok(showRotationPolicy(requireKey(call))),
});
