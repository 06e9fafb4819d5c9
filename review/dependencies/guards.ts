import {
  consentNeeded,
  type DependencyRule,
  type Fact,
  type Guarded,
  type GuardedDeed,
  type GuardedItem,
  instanceGuarded,
  itemGuarded,
  protectionPolicyGuarded,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { isOfAzurerm } from "../report.js";
import { subjectOf } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { type Reading, readingOf, sameId, type VaultRef, vaultIn } from "./reading.js";

const guardPaths = [
  "resourceGuardResourceId",
  "resourceGuardId",
  "resourceGuard",
  "properties.resourceGuardResourceId",
];
const requestPaths = ["resourceGuardOperationRequests", "properties.resourceGuardOperationRequests"];

/** The operations that a guard does not protect. Pulumi's classic provider has the name in the plural. */
export const exclusionPaths = [
  "vaultCriticalOperationExclusionList",
  "vaultCriticalOperationExclusionLists",
  "properties.vaultCriticalOperationExclusionList",
];

export const guardIn = (reading: Reading): Maybe<string> | undefined => reading.text(...guardPaths);

/** What stops or deletes an instance or item. Of a replacement by this package, its provider says it. */
export function judgeRemovalConsent(
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
  what: GuardedDeed,
): Promise<Verdict[]> {
  const isOurs = change.subject.provider === "azure-backup";
  if (isOurs && change.operation === "replace") return Promise.resolve([]);
  // Whoever deletes it with another tool has to ask first: none of them does it with the deletion.
  return consent(change, ref, ruleOf(kind), { what, isOpen: false, ...(!isOurs && { isSentByOthers: true }) });
}

/** Another policy of an instance or item. */
export function judgePolicyConsent(
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
  after: Maybe<string>,
  isShorter: Fact<boolean>,
): Promise<Verdict[]> {
  if (change.isChecked) return Promise.resolve([]);
  return consent(change, ref, ruleOf(kind), {
    what: "policy",
    named: requestsIn(change.wanted),
    isOpen: after === unknown,
    ...(kind === "RecoveryServicesVault" && { isShorter }),
  });
}

/** An update that stops the backup of an instance or item. This package sends the request by itself. */
export const judgeStopConsent = (
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
  what: GuardedDeed,
): Promise<Verdict[]> => {
  const isOurs = change.subject.provider === "azure-backup";
  return consent(change, ref, ruleOf(kind), {
    what,
    ...(!isOurs && { named: requestsIn(change.wanted) }),
    isOpen: false,
  });
};

/** Of a policy, a guard protects that its retention gets shorter. */
export const judgeRetentionConsent = (change: DependencyChange, ref: VaultRef | undefined, isShorter: boolean) =>
  isShorter
    ? consent(change, ref, protectionPolicyGuarded, { isShorter, named: requestsIn(change.wanted), isOpen: false })
    : [];

const ruleOf = (kind: VaultKind): DependencyRule<GuardedItem> =>
  kind === "BackupVault" ? instanceGuarded : itemGuarded;

async function consent<F extends Guarded>(
  change: DependencyChange,
  ref: VaultRef | undefined,
  rule: DependencyRule<F>,
  found: Omit<F, "guard">,
): Promise<Verdict[]> {
  const { subject, judge } = change;
  const guard = ref && (await guardOf(change, ref));
  if (!guard) return [];
  const verdicts = judge(rule, { ...found, guard } as F);
  // azurerm has no argument for the requests.
  if (found.named === undefined || !isOfAzurerm(subject.provider)) return verdicts;
  const [guardId] = "value" in guard ? guard.value.ids : [];
  const remediation =
    "Its provider has no argument for the guard's request. Make the change with one that has, such as azapi, or with az. " +
    consentNeeded(guardId);
  return verdicts.map((verdict) => ({ ...verdict, remediation }));
}

/** Undefined: no guard protects the vault, as far as it can be read, and the run gives it none. */
async function guardOf(change: DependencyChange, ref: VaultRef): Promise<Guarded["guard"] | undefined> {
  const { known } = change;
  const vault = await known.vault(ref);
  if ("missing" in vault) return undefined;
  if ("value" in vault && vault.value.isProtectedByResourceGuard === true) {
    const { guard = { unreadable: "the vault's guard is not known." } } = await known.contents(ref, ["guard"]);
    return "value" in guard ? { value: { ids: [], ...guard.value } } : guard;
  }
  return guardInProgram(change, ref);
}

/** An association that the same run makes, or that the state has of a vault that is not read, is there when something is deleted. */
function guardInProgram({ known: { all }, context }: DependencyChange, ref: VaultRef): Guarded["guard"] | undefined {
  const kindOf = (change: Parameters<typeof subjectOf>[0]) => {
    const subject = subjectOf(change);
    return subject?.is === "dependency" ? subject.dependency.kind : undefined;
  };
  const association = all.find((planned) => {
    const { id, inputs } = planned.new ?? {};
    const ids = [planned.old?.id, id, inputs?.vault, inputs?.vaultId];
    return kindOf(planned) === "guardAssociation" && ids.some((each) => sameId(vaultIn(each)?.id, ref.id));
  });
  const guardId = guardIn(readingOf(association?.new, false));
  if (guardId === undefined) return undefined;
  const guard = all.find(
    (planned) =>
      kindOf(planned) === "resourceGuard" &&
      [planned.old?.id, planned.new?.inputs.resourceGuardId].some((each) => sameId(each, guardId)),
  );
  const excluded = readingOf(guard?.new, false).value(...exclusionPaths) ?? [];
  if (guardId === unknown || guard?.new === undefined || !Array.isArray(excluded))
    return { unreadable: "what its guard excludes is not known before the association is made." };
  const excludedOperations = excluded.filter((each) => typeof each === "string");
  return { value: { ids: [context.hidden.guardId(guardId)], excludedOperations } };
}

/** The requests that the program names: none, if it has no argument for them. */
function requestsIn(wanted: Reading): NonNullable<Guarded["named"]> {
  const value = wanted.value(...requestPaths);
  if (value === unknown) return unknown;
  return Array.isArray(value) ? value.filter((each) => each === unknown || typeof each === "string") : [];
}
