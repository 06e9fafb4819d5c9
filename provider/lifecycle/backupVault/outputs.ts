import type { BackupVaultResource } from "../../azure/index.js";
import { differences } from "./compare.js";
import { fromArm } from "./fromArm.js";
import { type BackupVaultInputs, type BackupVaultSettings, fixedAtCreation, writable } from "./inputs.js";

/**
 * What a vault is at Azure now, for the settings that the program manages. Where Azure's answer means the same as the
 * program's words (another casing, a default left out), the program's words stay, so that a refresh shows nothing.
 */
export function liveInputs(managed: BackupVaultInputs, live: BackupVaultResource): BackupVaultInputs {
  const has = fromArm(managed.vaultId, live);
  const drifted = differences(managed, has);
  const result: Record<string, unknown> = { ...managed };
  for (const name of [...fixedAtCreation, ...writable]) {
    if (!drifted.includes(name)) continue;
    result[name] = onlyManaged(name, managed[name], has[name]);
    if (result[name] === undefined) delete result[name];
  }
  return result as unknown as BackupVaultInputs;
}

/** Drops the fields that the program does not set. Tags and identity are managed as a whole. */
function onlyManaged(name: keyof BackupVaultSettings, managed: unknown, actual: unknown): unknown {
  if ((name !== "softDelete" && name !== "encryption") || actual === undefined) return actual;
  return Object.fromEntries(
    Object.entries(actual as object).filter(([key, value]) => key in (managed as object) || value === "Inconsistent"),
  );
}

/** What a program can use of a vault besides its arguments. */
export function outputs(inputs: BackupVaultInputs, live: BackupVaultResource): Record<string, unknown> {
  const { properties, identity } = live;
  return {
    ...inputs,
    principalId: identity?.principalId,
    tenantId: identity?.tenantId,
    provisioningState: properties.provisioningState,
    secureScore: properties.secureScore,
    bcdrSecurityLevel: properties.bcdrSecurityLevel,
    replicatedRegions: properties.replicatedRegions ?? [],
    isVaultProtectedByResourceGuard: properties.isVaultProtectedByResourceGuard ?? false,
  };
}

export const outputNames = [
  "vaultId",
  "principalId",
  "tenantId",
  "provisioningState",
  "secureScore",
  "bcdrSecurityLevel",
  "replicatedRegions",
  "isVaultProtectedByResourceGuard",
] as const;
