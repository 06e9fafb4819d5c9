import { writeBody } from "../../provider/vaults/body.js";
import { definitions } from "../../provider/vaults/definitions.js";

const { settings } = definitions.BackupVault;

/** Where a value stands alone in a body, `test/lifecycle/oneSetting` has said so in words of its own. */
const plainSettings = Object.entries(settings).flatMap(([name, { role, arm, value }]) =>
  role === "setting" && typeof arm === "string" && value.is === "oneOf" ? [name] : [],
);

/** What a program may say of a vault, in the words of our arguments. A test spells out one state after the other. */
export interface ProgramVault {
  vaultName?: string;
  location?: string;
  datastoreType?: string;
  redundancy?: string;
  softDelete?: { state?: string; retentionDurationInDays?: number };
  /** Settings with one value each: see `settable`. */
  immutability?: string;
  [setting: string]: unknown;
  /** `system`, or the ARM ids of user-assigned identities. */
  identities?: string[];
  encryption?: { state?: string; keyUri?: string; identity?: string; infrastructureEncryption?: string };
  resourceGuardOperationRequests?: string[];
}

export const plain = { location: "westeurope", datastoreType: "VaultStore", redundancy: "GeoRedundant" };

/** The arguments of our resource. */
export function argumentsOf({ identities, encryption, ...vault }: ProgramVault): Record<string, unknown> {
  const { state: _, ...key } = encryption ?? {};
  return {
    ...plain,
    ...vault,
    ...(identities && { identity: identityArgument(identities) }),
    ...(encryption && {
      encryption: { ...key, identity: key.identity === "system" ? "SystemAssigned" : key.identity },
    }),
  };
}

function identityArgument(identities: string[]): object {
  const userAssigned = identities.filter((id) => id !== "system");
  return { type: typeOf(identities), ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }) };
}

/** The same vault in the body of a PUT. */
export function bodyOf(vault: ProgramVault): Record<string, unknown> {
  const { location, datastoreType, redundancy, ...settings } = { ...plain, ...vault };
  return {
    location,
    ...(settings.identities && { identity: identityOf(settings.identities) }),
    properties: { storageSettings: [{ datastoreType, type: redundancy }], ...settable(settings) },
  };
}

/** The body of a PATCH from one vault to another, as far as a PATCH can say it. */
export function patchOf(before: ProgramVault, after: ProgramVault): Record<string, unknown> | undefined {
  const isLeftOut = (was: object = {}, is: object = {}) =>
    Object.entries(was).some(([name, value]) => value && !(is as Record<string, unknown>)[name]);
  if (isLeftOut(before, after) || isLeftOut(before.encryption, after.encryption)) return undefined;
  const isStored = (before.redundancy ?? plain.redundancy) !== (after.redundancy ?? plain.redundancy);
  if (isStored || before.location !== after.location || before.datastoreType !== after.datastoreType) {
    return undefined;
  }
  const leaving = (before.identities ?? []).filter((id) => id !== "system" && !after.identities?.includes(id));
  return {
    ...(after.identities && { identity: identityOf(after.identities, leaving) }),
    properties: settable(after),
  };
}

function settable(vault: ProgramVault): Record<string, unknown> {
  const { softDelete, encryption } = vault;
  const { properties = {} } = writeBody(settings, vault, plainSettings, { method: "PUT", version: "2026-06-01" });
  return {
    ...properties,
    securitySettings: {
      ...("securitySettings" in properties && (properties.securitySettings as object)),
      ...(softDelete && { softDeleteSettings: softDelete }),
      ...(encryption && { encryptionSettings: encryptionOf(encryption) }),
    },
    ...(vault.resourceGuardOperationRequests && {
      resourceGuardOperationRequests: vault.resourceGuardOperationRequests,
    }),
  };
}

function encryptionOf({ state, keyUri, identity, ...rest }: NonNullable<ProgramVault["encryption"]>) {
  return {
    state: state ?? "Enabled",
    ...(keyUri && { keyVaultProperties: { keyUri } }),
    ...(identity && { kekIdentity: kekOf(identity) }),
    ...rest,
  };
}

const kekOf = (identity: string) =>
  identity === "system" ? { identityType: "SystemAssigned" } : { identityType: "UserAssigned", identityId: identity };

function identityOf(identities: string[], leaving: string[] = []): Record<string, unknown> {
  const stay = identities.filter((id) => id !== "system").map((id) => [id, {}]);
  const map = stay.length > 0 ? [...stay, ...leaving.map((id) => [id, null])] : [];
  return { type: typeOf(identities), ...(map.length > 0 && { userAssignedIdentities: Object.fromEntries(map) }) };
}

function typeOf(identities: string[]): string {
  const isUserAssigned = identities.some((id) => id !== "system");
  const types = [identities.includes("system") && "SystemAssigned", isUserAssigned && "UserAssigned"];
  return types.filter(Boolean).join(",") || "None";
}
