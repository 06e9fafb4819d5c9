import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { FromTo } from "./findings.js";
import { isSystemAssigned, sameId, shownIdentity } from "./identities.js";
import type { Change } from "./rule.js";
import { isUnrecognized, type StateMachine, stateOf } from "./stateMachine.js";
import type { AnyVault } from "./transition.js";
import { all, any, differs, not, type OpenValue, type Truth, truthOf } from "./truth.js";
import { shown } from "./wording.js";

const setting = {
  property: "encryption",
  path: "encryption.state",
  read: ({ encryption }: AnyVault) => encryption?.state ?? (encryption?.keyUri ? "Enabled" : undefined),
  whenAbsent: "unset",
};

/** Whose keys encrypt the vault. `unset` are the platform's keys. */
export const encryption: Record<VaultKind, StateMachine> = {
  BackupVault: {
    ...setting,
    moves: {
      // Disabled means the platform's keys, too. "you can enable CMK before or after protecting items":
      // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
      unset: ["Disabled", "Enabled", "Inconsistent"],
      Disabled: ["unset", "Enabled", "Inconsistent"],
      // "you can't revert to using PMKs":
      // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
      Enabled: ["Inconsistent"],
      // Azure comes to it by itself, when an update of the encryption fails inside. The way on is to try again:
      // `encryptionSettings.state` in
      // https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (checked 2026-11)
      Inconsistent: ["Enabled"],
    },
    terminalStates: ["Enabled", "Inconsistent"],
  },
  // This kind of vault shows no state.
  RecoveryServicesVault: {
    ...setting,
    moves: {
      unset: [],
      // "it can't be reversed":
      // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
      Enabled: [],
    },
    conditional: {
      // "new Recovery Services vaults only. Any vault that contains existing items registered or attempted to be
      // registered to it aren't supported":
      // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk (checked 2026-11)
      when: "nothing was ever registered with the vault",
      moves: { unset: ["Enabled"] },
    },
    terminalStates: ["Enabled"],
  },
};

/** It has every state of either kind. */
export const encryptionStates = encryption.BackupVault;

/**
 * Whether a customer's key encrypts the vault. A failed update of the encryption does not take the key away.
 *
 * @param open the answer where it is not known
 */
export function isEncrypted(vault: AnyVault, open: OpenValue): Truth {
  const state = stateOf(encryptionStates, vault);
  if (state === unknown || isUnrecognized(encryptionStates, state)) return open;
  return truthOf(encryptionStates.terminalStates.includes(state));
}

const keyDiffers = (before: AnyVault, after: AnyVault): Truth =>
  differs(before.encryption?.keyUri, after.encryption?.keyUri, isSameKey);

export const keyIdentityDiffers = (before: AnyVault, after: AnyVault): Truth =>
  differs(before.encryption?.identity, after.encryption?.identity, (a, b) => sameId(String(a), String(b)));

export const stateDiffers = (before: AnyVault, after: AnyVault): Truth =>
  differs(stateOf(encryptionStates, before), stateOf(encryptionStates, after));

/** Whether a customer's key comes to a vault that has none. One that stays as it is needs no answer to that. */
export const becomesEncrypted = (before: AnyVault | undefined, after: AnyVault): Truth =>
  all(
    isEncrypted(after, "unknownDesired"),
    before ? all(not(isEncrypted(before, "unknownCurrent")), stateDiffers(before, after)) : "yes",
  );

const infrastructureDiffers = (before: AnyVault, after: AnyVault): Truth =>
  differs(before.encryption?.infrastructureEncryption, after.encryption?.infrastructureEncryption, (a, b) =>
    sameId(String(a ?? "Disabled"), String(b ?? "Disabled")),
  );

/** Whether anything of the encryption changes. */
export const encryptionDiffers = (before: AnyVault, after: AnyVault): Truth =>
  any(
    stateDiffers(before, after),
    keyDiffers(before, after),
    keyIdentityDiffers(before, after),
    infrastructureDiffers(before, after),
  );

/** Whether Azure takes a key into use, and so has to access it. */
export function isApplied({ before, after }: Change): Truth {
  if ((after?.encryption?.keyUri ?? undefined) === undefined || !after) return "no";
  const changes = before
    ? any(stateDiffers(before, after), keyDiffers(before, after), keyIdentityDiffers(before, after))
    : "yes";
  return all(isEncrypted(after, "unknownDesired"), changes);
}

/** Whether the vault gets another key than the customer's key that it has. */
export function isKeyChanged({ before, after }: Change): Truth {
  if (!before || !after) return "no";
  return all(isEncrypted(before, "unknownCurrent"), isEncrypted(after, "unknownDesired"), keyDiffers(before, after));
}

/** Key Vault ignores case, and ARM writes the port into the URIs that it answers. */
const isSameKey = (a: unknown, b: unknown): boolean => a === b || plainKey(a) === plainKey(b);

const plainKey = (uri: unknown): string =>
  String(uri ?? "")
    .toLowerCase()
    .replace(/^(https:\/\/[^/:]+):443(?=\/)/, "$1")
    .replace(/\/+$/, "");

/** From one key to another, as messages show it. */
export const keyFromTo = ({ before, after }: Change): FromTo => ({
  property: "encryption.keyUri",
  from: before ? shown(before.encryption?.keyUri) : "",
  to: after ? shown(after.encryption?.keyUri) : "",
});

export function keyIdentityFromTo({ before, after }: Change): FromTo {
  const from = before?.encryption?.identity;
  const to = after?.encryption?.identity;
  const names = { from: before ? shownIdentity(from) : "", to: after ? shownIdentity(to) : "" };
  // Two identities of one name: only their ids tell them apart.
  const isAlike = names.from === names.to && typeof from === "string" && typeof to === "string" && !sameId(from, to);
  return { property: "encryption.identity", ...(isAlike ? { from, to } : names) };
}

/** Of what Azure takes into use: the key, or its identity where only that changes. */
export function appliedFromTo(change: Change): FromTo {
  const { before, after } = change;
  const onlyIdentity =
    before && after && keyDiffers(before, after) === "no" && keyIdentityDiffers(before, after) !== "no";
  return onlyIdentity ? keyIdentityFromTo(change) : keyFromTo(change);
}

/** Whether a user-assigned identity accesses the key. */
export function isUserAssignedKeyIdentity(vault: AnyVault): Truth {
  const identity = vault.encryption?.identity;
  if (identity === unknown) return "unknownDesired";
  return identity === undefined || identity === null ? "no" : not(truthOf(isSystemAssigned(identity)));
}
