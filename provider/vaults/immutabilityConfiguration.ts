import { at } from "./body.js";
import type { SomeSettings } from "./definitions.js";
import { isObject } from "./values.js";

/**
 * The settings that a vault will have, without what its configuration of immutability loses by itself, unless the program
 * sets it: AsPerPolicy has no duration (`ImmutabilityConfiguration` in
 * https://github.com/Azure/azure-rest-api-specs/blob/main/specification/recoveryservices/resource-manager/Microsoft.RecoveryServices/RecoveryServices/models.tsp),
 * and a vault that is not immutable has no configuration at all (https://github.com/microsoft/mcp/pull/3430).
 */
export function withoutLostConfiguration<S extends SomeSettings>(merged: S, wanted: SomeSettings): S {
  const configuration = merged.immutabilityConfiguration;
  if (!isObject(configuration)) return merged;
  const given = wanted.immutabilityConfiguration;
  if (merged.immutability === "Disabled") return { ...merged, immutabilityConfiguration: given };
  if (configuration.type !== "AsPerPolicy" || at(given, "durationInDays") !== undefined) return merged;
  return { ...merged, immutabilityConfiguration: { type: configuration.type } };
}
