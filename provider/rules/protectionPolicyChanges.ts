import { unknown, type Vault } from "../vaults/ruleVault.js";
import { named } from "./contents.js";
import { type DependencyFinding, type DependencyRule, readVaults } from "./dependency.js";
import type { Fact, ProtectedItem } from "./facts.js";
import { immutability } from "./immutability.js";
import {
  changeText,
  fewerIn,
  fewerText,
  isOfFewer,
  type Kept,
  type KeptFewer,
  type KeptOtherwise,
  longerIn,
  openText,
  type RetentionChange,
  shorterIn,
  shorterText,
  writeItDown,
} from "./policyChanges.js";
import { sources } from "./sources.js";
import { isUnrecognized, stateOf } from "./stateMachine.js";
import { counted, ended, listed } from "./wording.js";

// What a change of a policy of a Recovery Services vault does to the recovery points that exist: Azure applies it to them.

/** A policy of a Recovery Services vault that is changed as it is. */
export interface ChangedProtectionPolicy extends RetentionChange {
  /** The vault, whose immutability decides what Azure takes. */
  vault: Fact<Vault>;
  /** Its immutability is what the same run makes of it. @default false */
  isPlanned?: boolean;
  /** What uses the policy. */
  users: Fact<ProtectedItem[]>;
  /** Backups of file shares were snapshots only, which keep the retention that they have. @default false */
  isVaultedNow?: boolean;
}

const vault = "RecoveryServicesVault" as const;

/** Immutability is not about what lies next to its source. */
const inVault = ({ store }: Kept): boolean => store !== "OperationalStore";

type Lock = { is: "Disabled" | "Unlocked" | "Locked" } | { is: "open"; reason: string };

export function lockOf(fact: Fact<Vault>): Lock {
  if ("unreadable" in fact)
    return { is: "open", reason: `The vault's immutability could not be read: ${ended(fact.unreadable)}` };
  const machine = immutability.RecoveryServicesVault;
  const state = stateOf(machine, fact.value);
  if (state === unknown || isUnrecognized(machine, state))
    return { is: "open", reason: "The vault's immutability is not known." };
  return { is: state as "Disabled" | "Unlocked" | "Locked" };
}

const usersText = (users: Fact<ProtectedItem[]>): string =>
  "unreadable" in users
    ? `What uses the policy could not be read: ${ended(users.unreadable)}`
    : `It is used by ${counted(users.value.length, "protected item")}: ${named(users.value)}.`;

const isUnused = (users: Fact<ProtectedItem[]>): boolean => "value" in users && users.value.length === 0;

export const protectionPolicyShorter: DependencyRule<ChangedProtectionPolicy> = {
  code: "rsv-policy-retention-shorter",
  title: "Recovery points are deleted by a shorter retention",
  summary:
    "Azure applies a changed retention of a Recovery Services vault's policy to the recovery points that exist. With a " +
    "shorter one, those that are older than it are deleted. An immutable vault does not allow it; operational backups, " +
    "such as snapshots of file shares, are exempt from immutability. A retention of fewer backups for as long is a warning, " +
    "unless another one of the policy keeps them.",
  remediation:
    "Keep the retention, or create another policy with the shorter one and assign it only to what needs to be kept no longer.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.policyImpact,
  needs: ["vault", "protectedItems"],
  judge({ before, after, vault: live, isPlanned = false, users, open, isVaultedNow = false }) {
    if (open !== undefined) return [{ decision: "undecided", vault, reason: open, remediation: writeItDown }];
    const used = isUnused(users) ? undefined : usersText(users);
    if (isVaultedNow) return used === undefined ? [] : judgeVaulted(before.map(asVaulted), after, used);
    const where = { vault: live, isPlanned };
    return [
      ...judgeShorter(shorterIn(before, after), where, "retention", used),
      ...judgeFewer(fewerIn(before, after), where, used),
    ];
  },
};

/** To compare snapshots with the backups in the vault that take their place. */
export const asVaulted = (kept: Kept): Kept => ({ ...kept, store: "VaultStore" });

function judgeVaulted(before: readonly Kept[], after: readonly Kept[], used: string): DependencyFinding[] {
  const [shorter, fewer] = [shorterIn(before, after), fewerIn(before, after)];
  const stay = "Snapshots that exist keep their retention.";
  const found = [
    shorter.length > 0 && `${shorterText(shorter, "New backups")} ${stay} ${used}`,
    fewer.some(isOfFewer) && `${fewerText(fewer, "new backups")} ${stay} ${used}`,
  ];
  const open = fewer.filter((each) => !isOfFewer(each)).map((each) => openText(each, "new backups"));
  const source = sources.vaultedFileShares;
  return [
    ...found.flatMap((reason) => (reason === false ? [] : [{ decision: "warn" as const, vault, reason, source }])),
    ...open.map((reason) => ({ decision: "undecided" as const, vault, reason, source })),
  ];
}

/**
 * What Azure makes of backups that are to be kept for less time.
 *
 * @param keep what does not change if an immutable vault is to keep them
 * @param used what to say of what the change is about, where it takes effect. Absent: it is about nothing
 */
export function judgeShorter(
  shorter: readonly KeptOtherwise[],
  { vault: live, isPlanned }: { vault: Fact<Vault>; isPlanned: boolean },
  keep: "retention" | "policy",
  used: string | undefined,
): DependencyFinding[] {
  if (shorter.length === 0) return [];
  const lock = shorter.some(inVault) ? lockOf(live) : ({ is: "Disabled" } as const);
  const change = shorterText(shorter, "Backups");
  if (lock.is === "open")
    return [{ decision: "undecided", vault, reason: `${change} ${lock.reason}`, remediation: readVaults }];
  if (lock.is !== "Disabled") {
    const state = isPlanned ? `becomes ${lock.is} in the same run` : `is ${lock.is}`;
    const reason = `${change} The vault's immutability ${state}, and an immutable vault does not allow a shorter retention.`;
    const remediation =
      lock.is === "Locked" ? `Keep the ${keep}.` : `Keep the ${keep}, or disable the vault's immutability first.`;
    return [{ decision: "refuse", vault, reason, remediation, source: sources.immutability }];
  }
  if (used === undefined) return [];
  const reason = `${change} Azure applies this to existing recovery points and deletes those that are older. ${used}`;
  return [{ decision: "warn", vault, reason: reason.trim() }];
}

/**
 * What Azure makes of a retention of fewer backups. Microsoft documents that Azure applies a policy to existing recovery
 * points, and not whether an immutable vault allows this.
 *
 * @param used as of `judgeShorter`
 */
export function judgeFewer(
  fewer: readonly KeptFewer[],
  { vault: live, isPlanned }: { vault: Fact<Vault>; isPlanned: boolean },
  used: string | undefined,
): DependencyFinding[] {
  if (used === undefined) return [];
  const open = fewer.filter((each) => !isOfFewer(each));
  const lock = fewer.some(inVault) ? lockOf(live).is : "Disabled";
  const locked =
    lock === "Unlocked" || lock === "Locked"
      ? `The vault's immutability ${isPlanned ? "becomes" : "is"} ${lock}; whether that allows this is not known.`
      : "";
  const applied = "Azure applies a changed retention to existing recovery points as well.";
  const sure = [fewerText(fewer, "backups"), applied, locked, used].filter((part) => part !== "").join(" ");
  return [
    ...(open.length < fewer.length ? [{ decision: "warn" as const, vault, reason: sure }] : []),
    ...open.map((each) => ({ decision: "undecided" as const, vault, reason: openText(each, "backups") })),
  ];
}

export const protectionPolicyLonger: DependencyRule<ChangedProtectionPolicy> = {
  code: "rsv-policy-retention-longer",
  title: "A longer retention that cannot be shortened again",
  summary:
    "Azure applies a longer retention to the recovery points that exist. In a vault whose immutability is Locked, the " +
    "retention of a policy can never be shortened again.",
  remediation: "Continue only if backups need to be kept for this long.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: ["vault"],
  judge({ before: had, after: wanted, vault: live }) {
    const [before, after] = [had.filter(inVault), wanted.filter(inVault)];
    const lock = lockOf(live);
    const longer = longerIn(before, after).map(changeText);
    const isNew = (each: Kept) => !before.some(({ rule, store }) => rule === each.rule && store === each.store);
    const added = after.filter(isNew).map(({ keep, rule, store }) => `${keep} in addition (${rule}, ${store})`);
    const all = [...longer, ...added];
    if (all.length === 0 || lock.is !== "Locked") return [];
    const reason = `Backups would be kept for longer: ${listed(all)}. The vault's immutability is Locked, so this cannot be undone.`;
    return [{ decision: "warn", vault, reason }];
  },
};

/** What of a policy Azure does not change back. */
export interface MovedToVault {
  /** Backups of file shares were snapshots only. */
  isVaultedNow: boolean;
  users: Fact<ProtectedItem[]>;
}

export const protectionPolicyVaulted: DependencyRule<MovedToVault> = {
  code: "rsv-policy-vaulted",
  title: "File share backups begin to go to the vault",
  summary:
    "A policy of snapshots of file shares can be changed to one that stores backups in the vault. It cannot be changed back.",
  remediation:
    "Continue only if this should be permanent. Snapshots that exist keep their retention; storage in the vault costs extra.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.vaultedFileShares,
  needs: ["protectedItems"],
  judge({ isVaultedNow, users }) {
    if (!isVaultedNow) return [];
    const reason = `Backups would be stored in the vault, which cannot be undone. ${isUnused(users) ? "" : usersText(users)}`;
    return [{ decision: "warn", vault, reason: reason.trim() }];
  },
};
