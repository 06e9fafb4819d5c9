import type { ArmResource } from "../../../armResource.js";
import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { badParameter, keyBody } from "./body.js";
import { isDuration } from "./duration.js";
import { requireKey } from "./path.js";
import { rotationPolicyPath, showRotationPolicy } from "./rotationPolicy.js";

const shape = {
  attributes: { expiryTime: "string" },
  lifetimeActions: [{ trigger: { timeAfterCreate: "string", timeBeforeExpiry: "string" }, action: { type: "string" } }],
} as const;

/** https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation */
export const updateRotationPolicy = operation({
  name: "UpdateKeyRotationPolicy",
  method: "PUT",
  path: rotationPolicyPath,
  answer(call) {
    const found = requireKey(call);
    const { attributes = {}, lifetimeActions = [] } = keyBody(call.request, shape);
    const durations: string[] = [attributes, ...lifetimeActions.map(({ trigger }: ArmResource) => trigger ?? {})]
      .flatMap(({ expiryTime, timeAfterCreate, timeBeforeExpiry }) => [expiryTime, timeAfterCreate, timeBeforeExpiry])
      .filter((text) => text !== undefined);
    const wrong = durations.find((text) => !isDuration(text));
    if (wrong !== undefined) throw badParameter(`'${wrong}' is no ISO 8601 duration of days, months and years.`);
    const seconds = Math.floor(call.now / 1000);
    const created = found.key.rotationPolicy?.attributes.created ?? seconds;
    const { expiryTime } = attributes;
    found.key.rotationPolicy = {
      lifetimeActions,
      attributes: { ...(expiryTime && { expiryTime }), created, updated: seconds },
    };
    return ok(showRotationPolicy(found));
  },
});
