/**
 * What the engine sends in a preview instead of a value that is not known yet: one constant for each type.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const sentinels = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string, and what the Node SDK sends for everything
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The sentinel to hand back to the engine for a computed input that is not known yet. */
export const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Stands for a value that is not known yet, as in a preview. Never for an object: an unknown object has unknown fields. */
export const unknown = Symbol.for("pulumi-azure-backup.unknown");

/** A value, or "not known yet". Absent (`undefined`) means "not set", which is different from both. */
export type Maybe<T> = T | typeof unknown;

/** The same value, with the engine's constants replaced by the one that the rules use. */
export function markUnknown(value: unknown): unknown {
  if (isUnknown(value)) return unknown;
  if (Array.isArray(value)) return value.map(markUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markUnknown(item)]));
}

/** Whether a value is unknown, in the engine's form or ours. */
export const isUnknown = (value: unknown): boolean =>
  value === unknown || (typeof value === "string" && value.length === unknownSentinel.length && sentinels.has(value));

export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(containsUnknown);
}
