import type { ArmResource } from "../../../armResource.js";
import { hostOf } from "../../stores/types.js";
import { keyPath, type RequiredKey } from "./path.js";

export const rotationPolicyPath = `${keyPath}/rotationpolicy` as const;

/** A key without a policy of its own has this one. */
const byDefault = {
  lifetimeActions: [{ trigger: { timeBeforeExpiry: "P30D" }, action: { type: "Notify" } }],
  attributes: {},
};

export function showRotationPolicy({ store, key }: RequiredKey): ArmResource {
  return { id: `https://${hostOf(store)}/keys/${key.name}/rotationpolicy`, ...(key.rotationPolicy ?? byDefault) };
}
