import { type Body, textAt, textsAt } from "./body.js";
import type { Shaped } from "./setting.js";
import { isUnknown, type Maybe, unknown } from "./unknowns.js";
import { alternatives, fields, list, matching, oneOf, type Problem, spelled, spelledAs, text } from "./values.js";

const idForm =
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}";
const idPattern =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/#?]+$/i;

export const userAssignedIdentity = matching(idPattern, `must be an ARM ID of the form ${idForm}`);

/** `SystemAssigned`, or the ARM ID of a user-assigned identity. */
export const managedIdentity = text(
  `must be SystemAssigned or the ARM ID of a user-assigned identity, ${idForm}`,
  (given) => (isSystemAssigned(given) ? "SystemAssigned" : idPattern.test(given) ? given : undefined),
);

export const systemAssigned = "SystemAssigned";

/** `SystemAssigned`, or the ARM ID of the user-assigned identity that a backup instance uses, from Azure's `identityDetails`. */
export const usedIdentity = (
  details: { useSystemAssignedIdentity?: boolean; userAssignedIdentityArmUrl?: string } | undefined,
): string => (!details?.useSystemAssignedIdentity && details?.userAssignedIdentityArmUrl) || systemAssigned;

const types = oneOf("SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned", "None");

/** Azure returns and accepts both kinds with or without a space after the comma, in either order and in any case. */
export function identityType(given: string): string {
  const parts = given.split(",").map((each) => spelledAs(types, each.trim()));
  return parts.sort().join(",");
}

/** The identities of a vault. */
export const vaultIdentity = fields(
  {
    type: text(`must be ${alternatives(types.values)}`, (given) => spelled(types, given.replaceAll(" ", ""))),
    userAssignedIdentities: list(userAssignedIdentity),
  },
  ["type"],
  checkIdentities,
);

function checkIdentities(identity: Record<string, unknown>, path: string, problems: Problem[]): void {
  const { type, userAssignedIdentities: ids } = identity;
  if (typeof type !== "string" || isUnknown(type)) return;
  const isEmpty = ids === undefined || (Array.isArray(ids) && ids.length === 0);
  const wantsIds = type.includes("UserAssigned");
  const expected = wantsIds ? "must list an identity" : "must be omitted";
  if (wantsIds === isEmpty && !isUnknown(ids))
    problems.push({ path: `${path}.userAssignedIdentities`, expected: `${expected}, because type is ${type}` });
  if (!wantsIds) delete identity.userAssignedIdentities;
}

export interface VaultIdentity {
  type: string;
  userAssignedIdentities?: string[];
}

/** @param separator how the service writes several types */
export const identityInArm = (separator: string): Shaped => ({
  path: "identity",
  read(body) {
    const type = textAt(body, "identity.type");
    if (type === undefined) return undefined;
    const ids = textsAt(body, "identity.userAssignedIdentities");
    const isListed = ids !== undefined && (ids === unknown || ids.length > 0);
    return {
      type: type === unknown ? type : identityType(type),
      ...(isListed && { userAssignedIdentities: ids }),
    };
  },
  /** A PATCH removes an identity with a null in the map, or with the type alone where none remains. */
  write({ type, userAssignedIdentities: stay = [] }: VaultIdentity, { method, has }) {
    const isStaying = (id: string) => stay.some((each) => each.toLowerCase() === id.toLowerCase());
    const had = (has as VaultIdentity | undefined)?.userAssignedIdentities ?? [];
    const leaving = method === "PATCH" ? had.filter((id) => !isStaying(id)) : [];
    const map = [...stay.map((id) => [id, {}]), ...leaving.map((id) => [id, null])];
    return {
      type: type.replace(",", separator),
      ...(stay.length > 0 && { userAssignedIdentities: Object.fromEntries(map) }),
    };
  },
});

/** In the rules' form: whether the vault has a system-assigned identity, and its user-assigned ones. */
export function identityForRules(identity: unknown): {
  systemAssigned: Maybe<boolean>;
  userAssigned: Maybe<Maybe<string>[]>;
} {
  const type = textAt(identity, "type");
  if (identity === unknown || type === unknown) return { systemAssigned: unknown, userAssigned: unknown };
  return {
    systemAssigned: /SystemAssigned/i.test(type ?? ""),
    userAssigned: textsAt(identity, "userAssignedIdentities") ?? [],
  };
}

export const isSystemAssigned = (identity: string): boolean => identity.toLowerCase() === "systemassigned";

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export const isOn = (has: VaultIdentity | undefined, identity: string): boolean =>
  assignedIdentities(has).some((each) => isSame(each, identity));

/** A vault's identities with another one added. */
export const withIdentity = (has: VaultIdentity | undefined, identity: string): VaultIdentity =>
  identitiesOf(isOn(has, identity) ? assignedIdentities(has) : [...assignedIdentities(has), identity]);

/** A vault's identities without one of them. */
export const withoutIdentity = (has: VaultIdentity | undefined, identity: string): VaultIdentity =>
  identitiesOf(assignedIdentities(has).filter((each) => !isSame(each, identity)));

/** `SystemAssigned` and ARM IDs. */
export function assignedIdentities(has: VaultIdentity | undefined): string[] {
  const system = has?.type.startsWith("SystemAssigned") ? ["SystemAssigned"] : [];
  return [...system, ...(has?.userAssignedIdentities ?? [])];
}

function identitiesOf(identities: string[]): VaultIdentity {
  const userAssigned = identities.filter((each) => !isSystemAssigned(each));
  const all = [
    ...(userAssigned.length < identities.length ? ["SystemAssigned"] : []),
    ...(userAssigned.length > 0 ? ["UserAssigned"] : []),
  ];
  return {
    type: all.join(",") || "None",
    ...(userAssigned.length > 0 && { userAssignedIdentities: userAssigned }),
  };
}

/** An identity in Microsoft Entra ID. */
export type Principal = {
  principalId?: string;
  tenantId?: string;
  /** The vault does not return this for its system-assigned identity. */
  clientId?: string;
};

/** What the vault returns of an identity. Fields are missing while Azure is still creating the principal. */
export function principalOn({ identity }: Body, assigned: string): Principal {
  if (!identity) return {};
  if (isSystemAssigned(assigned)) return { principalId: identity.principalId, tenantId: identity.tenantId };
  const [, found] =
    Object.entries(identity.userAssignedIdentities ?? {}).find(([id]) => id.toLowerCase() === assigned.toLowerCase()) ??
    [];
  return { principalId: found?.principalId, tenantId: identity.tenantId, clientId: found?.clientId };
}
