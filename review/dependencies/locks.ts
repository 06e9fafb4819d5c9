import { lockRemoved, type VaultName, type Verdict, withoutLock } from "../../provider/rules/index.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { dependencyKindOf } from "../vaults/index.js";
import { judgeSourceLock } from "./backupSources.js";
import type { DependencyChange } from "./change.js";
import type { Knowledge } from "./known.js";
import { type Lock, levelIn, lockIn } from "./lock.js";
import { judgeNewLock } from "./newLocks.js";
import { orUnread } from "./protections.js";
import { isBelow, isSameHidden, readingOf, sameId, subscriptionIn, vaultIn } from "./reading.js";
import { accountIn } from "./storageAccounts.js";

/** A management lock, also one that goes with its vault. */
export async function judgeLock(change: DependencyChange): Promise<Verdict[]> {
  const { planned, old, isRemoved, operation } = change;
  const isSameLevel = isSameHidden(planned, levelIn(planned.old), levelIn(planned.new));
  const isWeakened = operation === "change" && !isSameLevel && lockIn(planned.new, planned.old)?.isEffective === false;
  const found = await judgeNewLock(change);
  if (!isRemoved && !isWeakened) return found;
  const scope = lockIn(planned.old)?.scope ?? old.text("scope");
  if (typeof scope !== "string") {
    const { unread } = await change.known.vaults([]);
    return [...found, ...change.judge(lockRemoved, orUnread([], { unread }))];
  }
  if (protectionOf(change, scope) === "always") return found;
  const [open, later] = await Promise.all([judgeLost(change, scope, "none"), judgeLost(change, scope, "later")]);
  return [...found, ...open, ...later.map(untilReplaced)];
}

/** Whether a resource is locked after a change. `later`: for a while, it is not. */
type Protection = "always" | "later" | "none";

/** A lock of the preview. */
interface PlannedLock {
  planned: PlannedChange;
  was: Lock | undefined;
  /** Of one that stays as it is, what its arguments say, too. */
  is: Lock | undefined;
  becomes: Lock | undefined;
}

/** Each lock that is removed asks for all of them, for each vault. */
const locksIn = new WeakMap<readonly PlannedChange[], PlannedLock[]>();

function allLocks({ all }: Knowledge): PlannedLock[] {
  const found =
    locksIn.get(all) ??
    all
      .filter((planned) => dependencyKindOf(planned) === "lock")
      .map((planned): PlannedLock => {
        const { old, new: wanted } = planned;
        return { planned, was: lockIn(old), is: lockIn(wanted), becomes: lockIn(wanted, old) };
      });
  locksIn.set(all, found);
  return found;
}

/** By all locks of the preview on a resource or on what it is in. Azure keeps others that the preview does not show. */
function protectionOf({ known, planned }: DependencyChange, id: string): Protection {
  const kept = allLocks(known).map((each) => protectionBy(each, id, each.planned === planned ? undefined : planned));
  return (["always", "later"] as const).find((each) => kept.includes(each)) ?? "none";
}

/** @param removed the lock that is removed, if it is another one: what is created before that is there in time */
function protectionBy(lock: PlannedLock, id: string, removed: PlannedChange | undefined): Protection {
  const { action, old, isCreatedFirst } = lock.planned;
  const covers = (each: Lock | undefined) =>
    each?.isEffective && typeof each.scope === "string" && isBelow(each.scope, id);
  // Several resources may be one lock in Azure, as after an import: a deletion takes it from all, unless one writes it again.
  if (removed && isSameLock(removed.old, lock.planned)) {
    const isWrittenAgain = (action === "create" || action === "replace") && !removed.isCreatedFirst;
    return isWrittenAgain && covers(lock.becomes) ? "later" : "none";
  }
  const was = covers(lock.was);
  if (was && (action === "nothing" || old?.retainOnDelete)) return "always";
  if (action === "nothing") return covers(lock.is) ? "always" : "none";
  if (action === "delete" || action === "unknown" || !covers(lock.becomes)) return "none";
  if (was && action === "update") return "always";
  // To delete the old one deletes the new one that has its ID.
  if (action === "replace" && isCreatedFirst && haveOneId(old, lock.planned.new)) return "none";
  const isInTime = removed ? removed.isCreatedFirst : action === "replace" && isCreatedFirst;
  return isInTime ? "always" : "later";
}

const isSameLock = (removed: State | undefined, { action, old, new: wanted }: PlannedChange): boolean =>
  action === "create" && wanted?.id === undefined
    ? sameId(nameIn(removed), nameIn(wanted)) && haveOneId(removed, wanted)
    : sameId(removed?.id, (old ?? wanted)?.id);

const nameIn = (state: State | undefined) => readingOf(state, false).text("lockName", "name", "resourceName");

/** Whether they have, as far as is known. */
function haveOneId(old: State | undefined, wanted: State | undefined): boolean {
  if (wanted?.id) return sameId(old?.id, wanted.id);
  if (!sameId(lockIn(old)?.scope, lockIn(wanted, old)?.scope)) return false;
  const [before, after] = [nameIn(old), nameIn(wanted)];
  return typeof before !== "string" || typeof after !== "string" || sameId(before, after);
}

/** The vaults and storage accounts that a lock was for, of those that are locked as much after it. */
async function judgeLost(change: DependencyChange, scope: string, protection: Protection): Promise<Verdict[]> {
  const { known, judge } = change;
  const isMeant = (id: string | undefined) => protectionOf(change, id ?? scope) === protection;
  const vault = vaultIn(scope);
  if (vault) return isMeant(vault.id) ? judge(lockRemoved, { value: [known.named(vault)] }) : [];
  if (accountIn(scope) !== undefined) return judgeSourceLock(change, scope, isMeant, []);
  // A lock on another resource protects no vault.
  if (/\/providers\/(?!Microsoft\.Management\/)/i.test(scope)) return [];
  const found = await known.vaults(subscriptionIn(scope));
  // A vault that the same run deletes had this lock, too.
  const all: (VaultName & { id?: string })[] = [
    ...found.vaults.filter(({ id }) => id !== undefined && isBelow(scope, id)),
    ...deletedIn(change, scope),
  ];
  const unread = all.length === 0 && isMeant(scope) ? found.unreadIn(scope) : undefined;
  const meant = all.filter(({ id }) => isMeant(id));
  return [
    ...judge(lockRemoved, orUnread(meant, unread === undefined ? {} : { unread })),
    ...(await judgeSourceLock(change, scope, isMeant, found.isBlind ? [] : found.vaults)),
  ];
}

const deletedIn = ({ known, context }: DependencyChange, scope: string) =>
  [...context.deleted]
    .filter((id) => isBelow(scope, id))
    .flatMap((id) => vaultIn(id) ?? [])
    .map(known.named);

const untilReplaced = (verdict: Verdict): Verdict => ({
  ...verdict,
  reason: verdict.reason.replace(withoutLock, "Until another lock of this run exists,"),
  remediation: "Create the other lock first, in a run of its own.",
});
