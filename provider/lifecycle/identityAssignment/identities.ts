import type { VaultSettings } from "../../vaults/definitions.js";

type VaultIdentity = NonNullable<VaultSettings["identity"]>;

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export const isSystemAssigned = (identity: string): boolean => isSame(identity, "SystemAssigned");

export function isOn(has: VaultIdentity | undefined, identity: string): boolean {
  return listed(has).some((each) => isSame(each, identity));
}

/** A vault's identities and one more. */
export const withIdentity = (has: VaultIdentity | undefined, identity: string): VaultIdentity =>
  asBlock(isOn(has, identity) ? listed(has) : [...listed(has), identity]);

/** A vault's identities but one. */
export const withoutIdentity = (has: VaultIdentity | undefined, identity: string): VaultIdentity =>
  asBlock(listed(has).filter((each) => !isSame(each, identity)));

function listed(has: VaultIdentity | undefined): string[] {
  const system = has?.type.startsWith("SystemAssigned") ? ["SystemAssigned"] : [];
  return [...system, ...(has?.userAssignedIdentities ?? [])];
}

function asBlock(identities: string[]): VaultIdentity {
  const userAssigned = identities.filter((each) => !isSystemAssigned(each));
  const types = [
    ...(userAssigned.length < identities.length ? ["SystemAssigned"] : []),
    ...(userAssigned.length > 0 ? ["UserAssigned"] : []),
  ];
  return {
    type: types.join(",") || "None",
    ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
  };
}
