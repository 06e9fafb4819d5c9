import type { Gap } from "../../provider/policies/gaps.js";
import {
  capitalized,
  ended,
  type Fact,
  fewerIn,
  itemPolicyDowngraded,
  itemPolicyShorter,
  type Kept,
  lessFrequent,
  policyRetentionShorter,
  type ShorterPolicy,
  shorterIn,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { providerOf } from "../vaults/dependencies.js";
import { dependencyKindOf, isOurType } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { judgePolicyConsent } from "./guards.js";
import type { Knowledge } from "./known.js";
import { gapsByPolicy, isOpenPolicy, keptByPolicy, pageFor } from "./policies.js";
import { isOpenProtection, protectionPolicyOf } from "./protectionPolicies.js";
import { type PolicyType, type Reading, readingOf, sameId, type VaultRef } from "./reading.js";

interface Policy {
  kept: readonly Kept[];
  gaps: Maybe<readonly Gap[]>;
  variant?: Maybe<string>;
  /** Of file shares: whether its backups are in the vault. */
  isVaulted?: boolean;
}

/** What it means that an instance or item is given another policy. */
export async function judgeOtherPolicy(
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
  [before, after]: readonly [Maybe<string>, Maybe<string>],
): Promise<Verdict[]> {
  const { known, judge, old, planned } = change;
  const source = pageFor(old, planned.type);
  const isItem = kind === "RecoveryServicesVault";
  if (isItem && change.isChecked) return [];
  const [was, is] = await Promise.all([policyAt(known, kind, before, "old"), policyAt(known, kind, after, "new")]);
  const consent = (isShorter: Fact<boolean>) => judgePolicyConsent(change, kind, ref, after, isShorter);
  if ("unreadable" in was || "unreadable" in is) {
    const unread = "unreadable" in was && after !== unknown ? was : (is as { unreadable: string });
    // In a Backup vault, backups that exist keep their retention, whatever its immutability is.
    const open = capitalized(ended(unread.unreadable));
    const unjudged = isItem
      ? await judgeItem(change, ref, was, is, unread)
      : judge(policyRetentionShorter, { before: [], after: [], open, source, isUnread: after !== unknown });
    return [...unjudged, ...(await consent(unread))];
  }
  const [had, wants] = [was.value, is.value];
  const shorter = shorterIn(had.kept, wants.kept);
  const lessOften = judge(lessFrequent[kind], { before: had.gaps, after: wants.gaps, ...(!isItem && { source }) });
  if (!isItem) {
    const retention = { before: had.kept, after: wants.kept, source };
    return [...judge(policyRetentionShorter, retention), ...lessOften, ...(await consent({ value: true }))];
  }
  return [
    ...(await judgeItem(change, ref, was, is, { value: shorter }, fewerIn(had.kept, wants.kept))),
    ...lessOften,
    ...(await consent({ value: shorter.length > 0 })),
  ];
}

async function judgeItem(
  { known, judge }: DependencyChange,
  ref: VaultRef | undefined,
  was: Fact<Policy>,
  is: Fact<Policy>,
  shorter: ShorterPolicy["shorter"],
  fewer: NonNullable<ShorterPolicy["fewer"]> = [],
): Promise<Verdict[]> {
  const vault = ref ? await known.vault(ref) : { unreadable: "its vault is not known." };
  if ("missing" in vault) return [];
  return [
    ...(isOfMachine(was) || isOfMachine(is)
      ? judge(itemPolicyDowngraded, { before: typeOf(was), after: typeOf(is) })
      : []),
    ...judge(itemPolicyShorter, { shorter, fewer, vault }),
  ];
}

const isOfMachine = (policy: Fact<Policy>): boolean => "value" in policy && /^V\d$/.test(variantOf(policy.value));

const typeOf = (policy: Fact<Policy>): Fact<string> =>
  "value" in policy ? { value: variantOf(policy.value) } : policy;

const variantOf = ({ variant }: Policy): string => String(variant?.toString());

/** A policy as it is now, by Azure or else by the preview, or as the preview makes it. */
export async function policyAt(
  known: Knowledge,
  kind: VaultKind,
  id: Maybe<string>,
  when: "old" | "new",
): Promise<Fact<Policy>> {
  if (id === unknown) return { unreadable: "which policy it is, is only known during `pulumi up`." };
  const planned = known.all.find(
    (each) => idsOf(each).some((own) => sameId(own, id)) && dependencyKindOf(each) === "policy",
  );
  const isWritten = when === "new" && planned !== undefined && planned.action !== "nothing";
  if (!isWritten) {
    const live = await policyInAzure(known, kind, id);
    if (!planned || "value" in live) return live;
  }
  const state = when === "old" ? (planned.old ?? planned.new) : (planned.new ?? planned.old);
  return policyIn(readingOf(state, when === "old"), kind, {
    provider: isOurType(planned.type) ? "azure-backup" : providerOf(planned.type),
    type: planned.type,
  });
}

export async function policyInAzure(known: Knowledge, kind: VaultKind, id: string): Promise<Fact<Policy>> {
  const found = await known.policy(kind, id);
  if ("unreadable" in found) return found;
  if ("missing" in found) return { unreadable: "it does not exist." };
  const inputs = { ...found.body };
  return policyIn(readingOf({ inputs, outputs: {}, retainOnDelete: false }, false), kind, {
    provider: "arm",
    type: "",
  });
}

/** This package's policies have an ID before they are created. */
const idsOf = ({ old, new: wanted }: PlannedChange): unknown[] => [old?.id, wanted?.id, wanted?.inputs.policyId];

function policyIn(policy: Reading, kind: VaultKind, type: PolicyType): Fact<Policy> {
  const isItems = kind === "RecoveryServicesVault";
  if (isItems ? isOpenProtection(policy) : isOpenPolicy(policy))
    return { unreadable: "what the policy keeps is only known during `pulumi up`." };
  const kept = isItems ? undefined : keptByPolicy(policy, type);
  const found = isItems
    ? protectionPolicyOf(policy, type)
    : kept && kept.length > 0
      ? ({ kept, gaps: gapsByPolicy(policy, type) } satisfies Policy)
      : undefined;
  return found ? { value: found } : { unreadable: "this version does not know all that the policies do." };
}
