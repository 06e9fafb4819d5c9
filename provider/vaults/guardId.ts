import { isUnknown, unknownSentinel } from "./unknowns.js";
import { parseVaultId, type VaultKind, vaultIdOf } from "./vaultId.js";

/** The parts of a resource guard's ARM ID. */
export interface GuardId {
  subscriptionId: string;
  resourceGroupName: string;
  resourceGuardName: string;
}

const guardType = "Microsoft.DataProtection/resourceGuards";

const pattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.DataProtection\/resourceGuards\/([^/#?]+)$/i;

/** Undefined if the text is not the ID of a resource guard. */
export function parseGuardId(text: string): GuardId | undefined {
  const [, subscriptionId, resourceGroupName, resourceGuardName] = pattern.exec(text) ?? [];
  if (!subscriptionId || !resourceGroupName || !resourceGuardName) return undefined;
  return { subscriptionId, resourceGroupName, resourceGuardName };
}

/** Unknown while a part of it is unknown. */
export function guardIdOf({ subscriptionId, resourceGroupName, resourceGuardName }: GuardId): string {
  if ([subscriptionId, resourceGroupName, resourceGuardName].some(isUnknown)) return unknownSentinel;
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${guardType}/${resourceGuardName}`;
}

export const guardIdForm = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${guardType}/{name}`;

/** Azure returns the ID of a vault's guard in the spelling in which the association was made. */
export function canonicalGuardId(text: string): string {
  const id = parseGuardId(text);
  return id ? guardIdOf(id) : text;
}

/** `resource guard "payroll"` */
export const calledGuard = (id: string): string => `resource guard "${parseGuardId(id)?.resourceGuardName ?? id}"`;

export const isSameGuard = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A vault has one association, under this name. */
const associationNames: Record<VaultKind, string> = {
  BackupVault: "DppResourceGuardProxy",
  RecoveryServicesVault: "VaultProxy",
};

/** The ARM ID of a vault's association with a resource guard. @param vaultId of a vault of either kind */
export function associationIdOf(vaultId: string): string {
  const { kind } = parseVaultId(vaultId) ?? {};
  if (!kind) throw new Error(`"${vaultId}" is not the ARM ID of a vault.`);
  return `${vaultId}/backupResourceGuardProxies/${associationNames[kind]}`;
}

/** The vault in the ID of an association, in the documentation's spelling. Undefined if the text is not such an ID. */
export function vaultOfAssociation(text: string): string | undefined {
  const [, vault = ""] = /^(.+)\/backupResourceGuardProxies\/[^/#?]+$/i.exec(text) ?? [];
  const id = parseVaultId(vault);
  return id && vaultIdOf(id);
}

export const associationIdForm = `{ARM ID of the vault}/backupResourceGuardProxies/{${Object.values(associationNames).join(" or ")}}`;
