import {
  accessRemoved,
  type DependencyRule,
  type Fact,
  identityDeleted,
  identityOnVault,
  type KeyUsers,
  keyDeleted,
  keyDisabled,
  keyVaultDeleted,
  keyVaultRestricted,
  keyVaultTenantChanged,
  permissionModelChanged,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Encryption, type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { dependencyKindOf } from "../vaults/index.js";
import { type Access, accessIn, givesAccess, withStores } from "./access.js";
import { takenAccess } from "./accessOperations.js";
import { judgeWrittenList } from "./accessPolicyList.js";
import { judgeBackupRole } from "./backupRoles.js";
import type { DependencyChange } from "./change.js";
import { type KeyAddress, keyAddress, type Truth } from "./keyAddress.js";
import type { KnownVault, VaultsFound } from "./known.js";
import { hasOtherRole, type LostAccess, lostAccess } from "./lostAccess.js";
import { type Grant, inForce, leftAfter, othersGrant } from "./otherAccess.js";
import { newPermissionModel } from "./permissionModel.js";
import { isSameHidden, type Reading, readingOf, readingOfWanted, sameId, subscriptionIn } from "./reading.js";
import { both, not } from "./truth.js";
import { becomesUnusable } from "./usableKeys.js";

/** A key: deleted, or changed so that it can no longer be used. */
export async function judgeKey(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, old } = change;
  const unusable = isRemoved ? "yes" : becomesUnusable(change);
  if (unusable === "no") return [];
  const address = keyAddress(
    old.text("versionlessId", "keyUri", "properties.keyUri", "resourceVersionlessId", "versionedId"),
    old.id,
  );
  const uses = (vault: KnownVault) => both(unusable, isKeyOf(vault, address));
  return judgeUsers(change, isRemoved ? keyDeleted : keyDisabled, uses);
}

/** A key vault or Managed HSM: deleted, closed to the vaults that use it, or without their access policies. */
export async function judgeKeyVault(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, old, wanted, planned } = change;
  const address = keyAddress(old.id);
  const isIn = (vault: KnownVault) => isKeyOf(vault, address);
  if (isRemoved) return judgeUsers(change, keyVaultDeleted, isIn);
  if (operation !== "change") return [];
  const [had, wants] = [reachability(old), reachability(wanted)];
  const restricted =
    (wants === had && !(wants === "unknown" && planned.hidesDifference)) ||
    (wants !== "unknown" && had !== "unknown" && wants < had)
      ? []
      : await judgeUsers(change, keyVaultRestricted, (vault) => both(isIn(vault), isShutOut(vault, wants)));
  const lost = await judgeLost(change, lostAccess(planned));
  return [
    ...restricted,
    ...(lost.length > 0 ? lost : await judgeWrittenList(change)),
    ...(await judgePermissionModel(change, isIn)),
    ...(await judgeTenant(change, isIn)),
  ];
}

/** Azure changes it in place, for all that the key vault contains. */
async function judgeTenant(
  { planned, old, wanted, known, judge }: DependencyChange,
  isIn: (vault: KnownVault) => Truth,
): Promise<Verdict[]> {
  const tenantOf = (reading: Reading) => reading.text("properties.tenantId", "tenantId");
  const had = tenantOf(old);
  const wants = tenantOf(wanted);
  if (had === undefined || wants === undefined || sameId(had, wants)) return [];
  if (isSameHidden(planned, tenantOf(readingOf(planned.old, false)), wants)) return [];
  const found = await known.vaults(subscriptionsOf(old));
  const users = found.vaults.filter((vault) => vault.encryption && isIn(vault) !== "no");
  return judge(keyVaultTenantChanged, { users, ...unreadIn(found) });
}

/** Only what the new permission model grants counts. */
async function judgePermissionModel(
  { old, wanted, planned, known, judge }: DependencyChange,
  isIn: (vault: KnownVault) => Truth,
): Promise<Verdict[]> {
  const wants = newPermissionModel(old, wanted, planned.hidesDifference);
  if (wants === undefined) return [];
  const kinds = (["roleAssignment", "accessPolicy"] as const).filter((kind) => wants !== (kind === "accessPolicy"));
  const found = await known.vaults(subscriptionsOf(old));
  const isWithout = (vault: KnownVault) =>
    kinds.some((kind) => othersGrant(known.all, planned, vault, { kinds: [kind] }) !== "yes");
  const users = found.vaults.filter((vault) => vault.encryption && isIn(vault) !== "no" && isWithout(vault));
  return judge(permissionModelChanged, { users, ...unreadIn(found) });
}

/** Without any access to Azure, only the vaults in the preview count. */
const unreadIn = ({ unread, isBlind }: VaultsFound) => (!isBlind && unread !== undefined ? { unread } : {});

/** 0: from everywhere, or nothing is known against it. 1: only trusted services and chosen networks. 2: not even these services. */
type Reachability = 0 | 1 | 2 | "unknown";

function reachability(store: Reading): Reachability {
  const setting = (...paths: string[]) => {
    const value = store.value(...paths);
    return typeof value === "string" ? value.toLowerCase() : value;
  };
  const action = setting("properties.networkAcls.defaultAction", "networkAcls.defaultAction");
  const access = setting("properties.publicNetworkAccess", "publicNetworkAccess", "publicNetworkAccessEnabled");
  const bypass = setting("properties.networkAcls.bypass", "networkAcls.bypass");
  const isRestricted = action === "deny" || access === "disabled" || access === false;
  const isOpen = [undefined, null, "", "enabled", true].includes(access as string);
  if (!isRestricted) return action === unknown || !isOpen ? "unknown" : 0;
  if (bypass === unknown) return "unknown";
  return bypass === "none" ? 2 : 1;
}

/** Microsoft supports a key vault with a firewall only for the vault's own identity, which is a trusted service. */
function isShutOut({ encryption }: KnownVault, reach: Reachability): Truth {
  if (reach === 2) return "yes";
  if (reach === "unknown") return "unknown";
  const identity = encryption?.identity ?? "SystemAssigned";
  if (identity === unknown) return "unknown";
  return /^SystemAssigned$/i.test(identity) ? "no" : "yes";
}

/** A user-assigned identity. */
export async function judgeIdentity(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, known, old, judge } = change;
  if (!isRemoved) return [];
  const uses = ({ encryption }: KnownVault): Truth => {
    const { identity } = encryption ?? {};
    if (identity === unknown || old.id === undefined) return "unknown";
    return sameId(identity, old.id) ? "yes" : "no";
  };
  const ofKeys = await judgeUsers(change, identityDeleted, uses);
  const { vaults } = await known.vaults(subscriptionIn(old.id));
  const assigned = vaults.filter(
    (vault) => vault.userAssigned.some((id) => sameId(id, old.id)) && !(vault.encryption && uses(vault) === "yes"),
  );
  return [...ofKeys, ...judge(identityOnVault, assigned)];
}

/**
 * What a resource group takes along that vaults elsewhere need: identities, by their IDs, and key vaults and Managed
 * HSMs. A key's URI does not say where its key vault is: the program does, or the list of what is in the group.
 */
export function judgeKeysInGroup(
  { known, planned, judge }: DependencyChange,
  { vaults: elsewhere, unread }: VaultsFound,
  isInside: (id: unknown) => boolean,
  inGroup: Fact<string[]> | undefined,
): Verdict[] {
  const inProgram = known.all.flatMap((each) => {
    const id = each.old?.id;
    const isStore = ["keyVault", "managedHsm"].includes(dependencyKindOf(each) ?? "");
    return isStore && id !== undefined ? id : [];
  });
  const listed = inGroup && "value" in inGroup ? inGroup.value : [];
  const stores = [...inProgram.filter(isInside), ...listed].flatMap((id) => keyAddress(id) ?? []);
  const isIn = (all: readonly KeyAddress[]) => (encryption: Encryption) =>
    all.some((store) => isKeyOf({ encryption }, store) === "yes");
  const located = isIn(inProgram.flatMap((id) => keyAddress(id) ?? []));
  const isOpen = elsewhere.some(({ encryption }) => encryption !== undefined && !located(encryption));
  const usersOf = (uses: (encryption: Encryption) => boolean) => {
    const isUser = ({ encryption }: Pick<KnownVault, "encryption">) => encryption !== undefined && uses(encryption);
    return {
      users: elsewhere.filter(isUser),
      moved: planned.isCreatedFirst ? [] : elsewhere.filter(({ before }) => isUser(before)),
    };
  };
  const byIdentity = usersOf(({ identity }) => isInside(identity));
  const ofKey = new Set([...byIdentity.users, ...byIdentity.moved]);
  return [
    ...judge(identityDeleted, byIdentity),
    ...judge(
      identityOnVault,
      elsewhere.filter((vault) => !ofKey.has(vault) && vault.userAssigned.some(isInside)),
    ),
    ...judge(keyVaultDeleted, {
      ...usersOf(isIn(stores)),
      ...(isOpen && inGroup && "unreadable" in inGroup && { unread: inGroup.unreadable }),
      ...(stores.length > 0 && inGroup && unread !== undefined && { unread }),
    }),
  ];
}

/** A role assignment, or an access policy that is a resource of its own. */
export async function judgeAccess(change: DependencyChange): Promise<Verdict[]> {
  return [...(await judgeAccessToKeys(change)), ...(await judgeBackupRole(change))];
}

async function judgeAccessToKeys(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, old, planned, known, subject } = change;
  const taken = takenAccess(change);
  if (taken) {
    const { operation: list, access, isTaken, remediation } = taken;
    const verdicts = await judgeUsers({ ...change, old: list }, accessRemoved, isTaken, access);
    return verdicts.map((each) => (each.decision === "undecided" && remediation ? { ...each, remediation } : each));
  }
  const before = await withStores(known, accessIn(old, subject.kind));
  if (isRemoved) return judgeTaken(change, before, (vault) => givesAccess(before, vault));
  if (operation !== "change") return [];
  if (hasOtherRole(planned) === "no") return judgeLost(change, lostAccess(planned));
  const after = accessIn(readingOfWanted(planned), subject.kind);
  return judgeTaken(change, before, (vault) => both(givesAccess(before, vault), not(givesAccess(after, vault))));
}

/** @param isTaken whether a vault loses this access */
async function judgeTaken(
  change: DependencyChange,
  access: Access,
  isTaken: (vault: KnownVault) => Truth,
): Promise<Verdict[]> {
  if (access.gives === "no" || access.isElsewhere) return [];
  // What is the same for a vault of which nothing is known, no vault loses.
  if (othersGrant(change.known.all, change.planned, {}, { lost: access }) === "yes") return [];
  return judgeUsers(change, accessRemoved, (vault) => without(isTaken(vault), change, vault, access), access);
}

/** Permissions of access policies. */
async function judgeLost(change: DependencyChange, lost: readonly LostAccess[]): Promise<Verdict[]> {
  if (lost.every(({ permissions }) => permissions === "no")) return [];
  return judgeUsers(change, accessRemoved, (vault) => {
    const all = lost.map(({ access, permissions }) =>
      without(both(permissions, givesAccess(access, vault)), change, vault, access),
    );
    return (["yes", "again", "unknown"] as const).find((each) => all.includes(each)) ?? "no";
  });
}

/** Whether a vault that loses an access is left without any. */
function without(isLost: Truth, { known, planned }: DependencyChange, vault: KnownVault, lost: Access): Grant {
  if (isLost === "no" || inForce(lost, known.all, vault) === "no") return "no";
  return leftAfter(isLost, othersGrant(known.all, planned, vault, { lost }));
}

/** The vaults with a customer-managed key for which something holds. */
export async function judgeUsers(
  { known, old, planned, isRemoved, judge }: DependencyChange,
  rule: DependencyRule<KeyUsers>,
  uses: (vault: KnownVault) => Grant,
  access?: Access,
): Promise<Verdict[]> {
  const found = await known.vaults(subscriptionsOf(old));
  const encrypted = found.vaults.filter(({ encryption }) => encryption !== undefined);
  const truths = encrypted.map(uses);
  const those = (truth: Grant) => encrypted.filter((_, index) => truths[index] === truth);
  // What changes, but not for the vaults of the stack, points to no other vault.
  const concerned = isRemoved ? encrypted : encrypted.filter((_, index) => truths[index] !== "no");
  const unread = mayConcernOthers(found, concerned, access) ? found.unread : undefined;
  // What is deleted first is still in use then.
  const isEarly = isRemoved && !planned.isCreatedFirst;
  const moved = isEarly
    ? found.vaults.filter((vault) => vault.before.encryption && uses({ ...vault, ...vault.before }) === "yes")
    : [];
  return judge(rule, { users: those("yes"), again: those("again"), perhaps: those("unknown"), moved, unread });
}

/**
 * Whether vaults that were not read count. Without any access to Azure, only where something points to a vault's key: the
 * stack has a vault with one, or the role is one for keys.
 */
const mayConcernOthers = ({ isBlind }: VaultsFound, concerned: KnownVault[], access: Access | undefined): boolean =>
  !isBlind || concerned.length > 0 || access?.isForKeys === true;

const subscriptionsOf = (reading: Reading): string[] => {
  const ids: (Maybe<string> | undefined)[] = [
    reading.id,
    ...["keyVaultId", "managedHsmId", "resourceId", "scope", "parent_id", "parentId"].map((path) => reading.text(path)),
  ];
  return [...new Set(ids.flatMap(subscriptionIn))];
};

function isKeyOf({ encryption }: Pick<KnownVault, "encryption">, address: KeyAddress | undefined): Truth {
  const used = keyAddress(encryption?.keyUri);
  if (!used || !address) return "unknown";
  const isSameStore = used.store === address.store && used.isHsm === address.isHsm;
  return isSameStore && (address.key === undefined || address.key === used.key) ? "yes" : "no";
}
