import {
  consentNeeded,
  endpointDeleted,
  type Fact,
  guardDeleted,
  guardInUse,
  guardUnlinked,
  guardWeakened,
  type VaultName,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { containsUnknown, type Value } from "../values.js";
import { isWrittenWhole } from "../vaults/azapiUpdate.js";
import { isOurType, subjectOf } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { exclusionPaths, guardIn } from "./guards.js";
import type { Knowledge, VaultsFound } from "./known.js";
import { type Reading, readingOf, sameId, subscriptionIn, type VaultRef, vaultIn } from "./reading.js";

const isSameText = (a: Maybe<string>, b: Maybe<string> | undefined) =>
  typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();

export const orUnread = (
  vaults: readonly VaultName[],
  { unread }: Pick<VaultsFound, "unread">,
): Fact<readonly VaultName[]> =>
  vaults.length === 0 && unread !== undefined ? { unreadable: unread } : { value: vaults };

/** This package's provider refuses to delete a guard that vaults use; what others do is a warning. */
export async function judgeGuard(change: DependencyChange): Promise<Verdict[]> {
  const { planned, isRemoved, operation, old, wanted, judge } = change;
  const before = old.value(...exclusionPaths);
  const after = wanted.value(...exclusionPaths);
  const isWeaker = operation === "change" && excludesMore(before, after);
  if (!isRemoved && !isWeaker) return [];
  const deleted = isOurType(planned.type) ? guardInUse : guardDeleted;
  return judge(isRemoved ? deleted : guardWeakened, await guardedBy(change));
}

/** An operation of which it is not known whether it was excluded counts as one that was not. */
function excludesMore(before: Value, after: Value): boolean {
  if (!Array.isArray(after)) return after === unknown;
  const texts = (Array.isArray(before) ? before : []).filter((each) => typeof each === "string");
  const had = new Set(texts.map((each) => each.toLowerCase()));
  return after.some((each) => typeof each !== "string" || !had.has(each.toLowerCase()));
}

/** The vaults that name this guard, and still do when the run has removed associations with it. */
async function guardedBy({ known, old }: DependencyChange): Promise<Fact<readonly VaultName[]>> {
  const isIt = (id: unknown) => sameId(id, old.id);
  const { linked, unlinked } = linksTo(known, isIt);
  const found = await known.vaults(subscriptionIn(old.id));
  return guardedAmong(known, found, isIt, linked, unlinked);
}

/** The same of the guards in a resource group, for the vaults elsewhere. */
export async function judgeGuardsInGroup(
  { known, judge }: DependencyChange,
  isInside: (id: unknown) => boolean,
  found: VaultsFound,
  inGroup: Fact<string[]> | undefined,
): Promise<Verdict[]> {
  const isElsewhere = ({ id }: { id?: string }) => !isInside(id);
  const links = linksTo(known, isInside);
  const linked = links.linked.filter(isElsewhere);
  const hasNone = inGroup && "value" in inGroup && !inGroup.value.some(isGuardId);
  // Which guard a vault has, each vault has to be asked.
  const guarded: Fact<readonly VaultName[]> =
    inGroup === undefined || hasNone
      ? { value: linked }
      : await guardedAmong(
          known,
          { ...found, vaults: found.vaults.filter(isElsewhere) },
          isInside,
          linked,
          links.unlinked,
        );
  return judge(guardDeleted, guarded).map((verdict) => ({
    ...verdict,
    reason: `It contains a resource guard. ${verdict.reason}`,
  }));
}

const isGuardId = (id: string): boolean => /\/providers\/Microsoft\.DataProtection\/resourceGuards\//i.test(id);

/** The vaults that the program links to a guard, and those from which it takes the link. */
function linksTo(
  { all, named }: Knowledge,
  isIt: (id: unknown) => boolean,
): { linked: (VaultName & { id: string })[]; unlinked: string[] } {
  const associations = all.filter((each) => {
    const subject = subjectOf(each);
    const isLink = subject?.is === "dependency" && subject.dependency.kind === "guardAssociation";
    return isLink && [each.old, each.new].some((state) => isIt(guardIn(readingOf(state, false))));
  });
  const vaultOf = ({ old: state, new: wanted }: PlannedChange) =>
    [state?.id, wanted?.id, state?.inputs.vault, wanted?.inputs.vault, wanted?.inputs.vaultId].flatMap(
      (id) => vaultIn(toText(id)) ?? [],
    )[0];
  const isUnlinked = ({ action, old: state }: PlannedChange) => action === "delete" && !state?.retainOnDelete;
  return {
    linked: associations
      .filter((each) => each.action !== "delete")
      .flatMap((each) => vaultOf(each) ?? [])
      .map(named),
    unlinked: associations.filter(isUnlinked).flatMap((each) => vaultOf(each)?.id.toLowerCase() ?? []),
  };
}

async function guardedAmong(
  known: Knowledge,
  found: VaultsFound,
  isIt: (id: unknown) => boolean,
  linked: readonly VaultName[],
  unlinked: string[],
): Promise<Fact<readonly VaultName[]>> {
  const guarded = found.vaults.filter(
    ({ isGuarded, id }) => isGuarded && id !== undefined && !unlinked.includes(id.toLowerCase()),
  );
  const guards = await Promise.all(
    guarded.map(async ({ kind, name, id = "" }) => ({ vault: { kind, name }, ids: await known.guards({ kind, id }) })),
  );
  const those = guards.flatMap(({ vault, ids }) => ("value" in ids && ids.value.some(isIt) ? [vault] : []));
  if (those.length > 0 || linked.length > 0) return { value: those.length > 0 ? those : linked };
  const unread = guards.flatMap(({ ids }) => ("unreadable" in ids ? ids.unreadable : []))[0];
  return orUnread([], { unread: unread ?? found.unread });
}

const toText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** An update that leaves out an argument writes the resource without it. */
const writesAll = ({ operation, subject, planned }: DependencyChange): boolean =>
  operation === "change" && isWrittenWhole(subject.provider, planned.type);

/** As its arguments had it. */
const before = ({ planned }: DependencyChange): Reading => readingOf(planned.old, false);

/** The link between a vault and its guard. */
export function judgeGuardAssociation(change: DependencyChange): Verdict[] {
  const { isRemoved, operation, known, context, old, wanted, judge } = change;
  const ref = vaultIn(old.id) ?? vaultIn(old.text("vaultId"));
  const vault = ref && known.named(ref);
  const guardId = guardIn(old);
  const wants = guardIn(wanted);
  const isMoved = operation === "change" && wants !== undefined && !isSameText(wants, guardId);
  const isDropped = writesAll(change) && wants === undefined && guardIn(before(change)) !== undefined;
  if (!isRemoved && !isMoved && !isDropped) return [];
  const found = vault ? { value: [vault] } : { unreadable: "its vault is not known." };
  const shown = guardId === undefined || guardId === unknown ? undefined : context.hidden.guardId(guardId);
  return judge(guardUnlinked, found).map((verdict) => ({
    ...verdict,
    ...(isMoved &&
      vault && { reason: `Critical operations of ${vault.name} would need the approval of another guard.` }),
    remediation: `${verdict.remediation} ${consentNeeded(shown)}`,
  }));
}

const connections = [
  "privateLinkServiceConnections",
  "manualPrivateLinkServiceConnections",
  "properties.privateLinkServiceConnections",
  "properties.manualPrivateLinkServiceConnections",
  "privateServiceConnection",
];
const targets = ["privateLinkServiceId", "privateConnectionResourceId", "properties.privateLinkServiceId"];

/** A private endpoint says itself what it connects, and what no longer. */
export function judgeEndpoint(change: DependencyChange): Verdict[] {
  const { isRemoved, operation, known, old, wanted, judge } = change;
  const has = (endpoint: Reading) => connections.some((path) => endpoint.value(path) !== undefined);
  const isChanged = operation === "change" && (has(wanted) || (writesAll(change) && has(before(change))));
  if (!isRemoved && !isChanged) return [];
  const left = isRemoved ? [] : connectedBy(wanted).map(({ id }) => id.toLowerCase());
  const lost = connectedBy(old).filter(({ id }) => !left.includes(id.toLowerCase()));
  const isHidden = lost.length === 0 && connections.some((path) => containsUnknown(old.value(path)));
  const found = isHidden ? { unreadable: "what it connects is not known." } : { value: lost.map(known.named) };
  return judge(endpointDeleted, found);
}

function connectedBy(endpoint: Reading): VaultRef[] {
  const all: unknown[] = connections.flatMap((path) => endpoint.value(path));
  const vaults = all.flatMap((connection) => {
    const ids =
      typeof connection === "object" && connection !== null ? targets.map((path) => valueAt(connection, path)) : [];
    return ids.flatMap((id) => vaultIn(typeof id === "string" ? id : undefined) ?? []);
  });
  return [...new Map(vaults.map((vault) => [vault.id.toLowerCase(), vault])).values()];
}

const valueAt = (value: object, path: string): unknown =>
  path.split(".").reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], value);
