import { isUnknown, unknownSentinel } from "../../host/unknowns.js";
import { vaultNouns } from "../../rules/index.js";
import { noVaultId, parseVaultId, type VaultIdParts, type VaultKind, vaultIdOf } from "../../vaults/vaultId.js";

type Names = Omit<VaultIdParts, "kind">;

/** Unknown as long as a part of it is. */
export function vaultIdFrom(kind: VaultKind, { subscriptionId, resourceGroupName, vaultName }: Names): string {
  if ([subscriptionId, resourceGroupName, vaultName].some(isUnknown)) return unknownSentinel;
  return vaultIdOf({ kind, subscriptionId, resourceGroupName, vaultName });
}

function partsOf(id: string): VaultIdParts {
  const parts = parseVaultId(id);
  if (!parts) throw new Error(noVaultId(id));
  return parts;
}

/** Throws where it is the id of something else: whoever went on with it would ask or tell Azure the wrong thing. */
export const kindOf = (id: string): VaultKind => partsOf(id).kind;

export function requireKind(kind: VaultKind, id: string): void {
  if (kindOf(id) !== kind) throw new Error(`"${id}" is no ARM id of a ${vaultNouns[kind]}.`);
}

/** The arguments that name a vault. */
export function namedBy(id: string): Names {
  const { kind: _, ...names } = partsOf(id);
  return names;
}
