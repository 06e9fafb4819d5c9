import { unknown, type Vault } from "../../vaults/ruleVault.js";
import type { Change, Finding } from "../rule.js";
import { isUnrecognized, type StateMachine, stateOf } from "../stateMachine.js";
import { all, any, differs, not, type Truth, truthOf } from "../truth.js";
import { shown } from "../wording.js";
import { sameId, shownIdentity } from "./identities.js";

/**
 * Whose keys encrypt the vault. `unset` are the platform's keys, as with Disabled. Azure comes to Inconsistent by
 * itself, when an update of the encryption fails inside.
 */
export const encryption: StateMachine = {
  property: "encryption",
  path: "encryption.state",
  read: ({ encryption }) => encryption?.state ?? (encryption?.keyUri ? "Enabled" : undefined),
  whenAbsent: "unset",
  moves: {
    // "you can enable CMK before or after protecting items":
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
    unset: ["Disabled", "Enabled", "Inconsistent"],
    Disabled: ["unset", "Enabled", "Inconsistent"],
    // "you can't revert to using PMKs":
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault (checked 2026-11)
    Enabled: ["Inconsistent"],
    // The way on is to try again: `encryptionSettings.state` in
    // https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (checked 2026-11)
    Inconsistent: ["Enabled"],
  },
  terminalStates: ["Enabled", "Inconsistent"],
};

type Side = "before" | "after";

/** Whether a customer's key encrypts the vault. A failed update of the encryption does not take the key away. */
export function isEncrypted(vault: Vault, side: Side): Truth {
  const state = stateOf(encryption, vault);
  if (state === unknown || isUnrecognized(encryption, state)) return side;
  return truthOf(encryption.terminalStates.includes(state));
}

export const keyDiffers = (before: Vault, after: Vault): Truth =>
  differs(before.encryption?.keyUri, after.encryption?.keyUri, sameKey);

export const keyIdentityDiffers = (before: Vault, after: Vault): Truth =>
  differs(before.encryption?.identity, after.encryption?.identity, (a, b) => sameId(String(a), String(b)));

export const stateDiffers = (before: Vault, after: Vault): Truth =>
  differs(stateOf(encryption, before), stateOf(encryption, after));

/** Whether a customer's key comes to a vault that has none. One that stays as it is needs no answer to that. */
export const becomesEncrypted = (before: Vault | undefined, after: Vault): Truth =>
  all(
    isEncrypted(after, "after"),
    before ? all(not(isEncrypted(before, "before")), stateDiffers(before, after)) : "yes",
  );

export const infrastructureDiffers = (before: Vault, after: Vault): Truth =>
  differs(before.encryption?.infrastructureEncryption, after.encryption?.infrastructureEncryption, (a, b) =>
    sameId(String(a ?? "Disabled"), String(b ?? "Disabled")),
  );

/** Whether anything of the encryption changes. */
export const encryptionDiffers = (before: Vault, after: Vault): Truth =>
  any(
    stateDiffers(before, after),
    keyDiffers(before, after),
    keyIdentityDiffers(before, after),
    infrastructureDiffers(before, after),
  );

/** Whether Azure takes a key into use, and so has to reach it. */
export function isApplied({ before, after }: Change): Truth {
  if (!after) return "no";
  const changes = before
    ? any(stateDiffers(before, after), keyDiffers(before, after), keyIdentityDiffers(before, after))
    : "yes";
  const isNamed = truthOf((after.encryption?.keyUri ?? undefined) !== undefined);
  return all(isNamed, isEncrypted(after, "after"), changes);
}

/** Whether the vault gets another key than the customer's key that it has. */
export function isKeyChanged({ before, after }: Change): Truth {
  if (!before || !after) return "no";
  return all(isEncrypted(before, "before"), isEncrypted(after, "after"), keyDiffers(before, after));
}

/** Key Vault ignores case, and ARM writes the port into the URIs that it answers. */
const sameKey = (a: unknown, b: unknown): boolean => plainKey(a) === plainKey(b);

export const plainKey = (uri: unknown): string =>
  String(uri ?? "")
    .toLowerCase()
    .replace(/^(https:\/\/[^/:]+):443(?=\/)/, "$1")
    .replace(/\/+$/, "");

type Ends = Pick<Finding, "property" | "from" | "to">;

/** From one key to another, as messages show it. */
export const keyEnds = ({ before, after }: Change): Ends => ({
  property: "encryption.keyUri",
  from: before ? shown(before.encryption?.keyUri) : "",
  to: after ? shown(after.encryption?.keyUri) : "",
});

export function keyIdentityEnds({ before, after }: Change): Ends {
  const from = before?.encryption?.identity;
  const to = after?.encryption?.identity;
  const fromTo = { from: before ? shownIdentity(from) : "", to: after ? shownIdentity(to) : "" };
  // Two identities of one name: only their ids tell them apart.
  const isAlike = fromTo.from === fromTo.to && typeof from === "string" && typeof to === "string" && !sameId(from, to);
  return { property: "encryption.identity", ...(isAlike ? { from, to } : fromTo) };
}

/** The end that changes: the key, or else its identity. */
export function appliedEnds(change: Change): Ends {
  const { before, after } = change;
  const onlyIdentity =
    before && after && keyDiffers(before, after) === "no" && keyIdentityDiffers(before, after) !== "no";
  return onlyIdentity ? keyIdentityEnds(change) : keyEnds(change);
}

/** Whether a user-assigned identity reaches the key. */
export function isUserAssignedKeyIdentity(vault: Vault): Truth {
  const identity = vault.encryption?.identity;
  if (identity === unknown) return "after";
  return identity === undefined || identity === null ? "no" : not(truthOf(sameId(identity, "SystemAssigned")));
}
