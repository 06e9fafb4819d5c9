import { isWhole } from "./isWhole.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";

/**
 * What a vault is at Azure now, for the settings that the program manages. Where Azure's answer means the same as the
 * program's words (another casing, a default left out), the program's words stay, so that a refresh shows nothing.
 */
export function liveInputs<I extends VaultInputs, R extends VaultResource>(
  type: VaultType<I, R>,
  managed: I,
  live: R,
): I {
  const has = type.fromArm(managed.vaultId, live);
  const drifted = type.differences(managed, has);
  const result: Partial<I> = { ...managed };
  for (const name of [...type.fixedAtCreation, ...type.writable]) {
    if (!drifted.includes(name)) continue;
    result[name] = onlyManaged(name, managed[name], has[name]) as I[typeof name];
    if (result[name] === undefined) delete result[name];
  }
  return result as I;
}

/** Drops the fields that the program does not set. */
function onlyManaged(name: string, managed: unknown, actual: unknown): unknown {
  if (isWhole(name) || typeof actual !== "object" || actual === null) return actual;
  return Object.fromEntries(
    Object.entries(actual).filter(([key, value]) => key in (managed as object) || value === "Inconsistent"),
  );
}
