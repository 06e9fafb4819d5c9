import {
  type Fact,
  itemPolicyDowngraded,
  itemPolicyShorter,
  judgeDependency,
  type Kept,
  policyRetentionShorter,
  shorterIn,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { providerOf } from "../vaults/dependencies.js";
import { dependencyKindOf } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { judgePolicyConsent } from "./guards.js";
import type { Knowledge } from "./known.js";
import { isOpenPolicy, keptByPolicy } from "./policies.js";
import { isOpenProtection, protectionPolicyOf } from "./protectionPolicies.js";
import { type PolicyType, type Reading, readingOf, sameId, type VaultRef } from "./reading.js";

interface Policy {
  kept: readonly Kept[];
  variant?: Maybe<string>;
}

/** What it means that an instance or item is given another policy. This package's provider judges its own items. */
export async function judgeOtherPolicy(
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
  [before, after]: readonly [Maybe<string>, Maybe<string>],
): Promise<Verdict[]> {
  const { known, operation, subject } = change;
  const isItem = kind === "RecoveryServicesVault";
  if (isItem && subject.provider === "azure-backup") return [];
  const [was, is] = await Promise.all([policyAt(known, kind, before, "old"), policyAt(known, kind, after, "new")]);
  const consent = (isShorter: Fact<boolean>) => judgePolicyConsent(change, kind, ref, after, isShorter);
  if ("unreadable" in was || "unreadable" in is) {
    const unread = "unreadable" in was ? was : (is as { unreadable: string });
    // In a Backup vault, backups that exist keep their retention.
    return [...(isItem ? await judgeItem(change, ref, unread) : []), ...(await consent(unread))];
  }
  const [had, wants] = [was.value, is.value];
  const shorter = shorterIn(had.kept, wants.kept);
  if (!isItem) {
    const retention = { before: had.kept, after: wants.kept };
    return [...judgeDependency(policyRetentionShorter, operation, retention), ...(await consent({ value: true }))];
  }
  const types = [had.variant, wants.variant].map((variant) => ({ value: String(variant?.toString()) }));
  const isMachine = /^V\d$/.test(types[0]?.value ?? "");
  return [
    ...(isMachine
      ? judgeDependency(itemPolicyDowngraded, operation, { before: types[0], after: types[1] } as OtherTypes)
      : []),
    ...(await judgeItem(change, ref, { value: shorter })),
    ...(await consent({ value: shorter.length > 0 })),
  ];
}

type OtherTypes = Parameters<typeof itemPolicyDowngraded.judge>[0];

async function judgeItem(
  { known, operation }: DependencyChange,
  ref: VaultRef | undefined,
  shorter: Parameters<typeof itemPolicyShorter.judge>[0]["shorter"],
): Promise<Verdict[]> {
  const vault = ref ? await known.vault(ref) : { unreadable: "its vault is not known." };
  return "missing" in vault ? [] : judgeDependency(itemPolicyShorter, operation, { shorter, vault });
}

/** A policy as the preview shows it, or as Azure has it. */
async function policyAt(
  known: Knowledge,
  kind: VaultKind,
  id: Maybe<string>,
  when: "old" | "new",
): Promise<Fact<Policy>> {
  if (id === unknown) return { unreadable: "which policy it is, is only known during `pulumi up`." };
  const planned = known.all.find(
    (each) => [each.old?.id, each.new?.id].some((own) => sameId(own, id)) && dependencyKindOf(each.type) === "policy",
  );
  if (planned) {
    const state = when === "old" ? (planned.old ?? planned.new) : (planned.new ?? planned.old);
    return policyIn(readingOf(state, when === "old"), kind, { provider: providerOf(planned.type), type: planned.type });
  }
  const found = await known.policy(kind, id);
  if ("unreadable" in found) return found;
  if ("missing" in found) return { unreadable: "it does not exist." };
  const inputs = { ...found.body };
  return policyIn(readingOf({ inputs, outputs: {}, retainOnDelete: false }, false), kind, {
    provider: "arm",
    type: "",
  });
}

function policyIn(policy: Reading, kind: VaultKind, type: PolicyType): Fact<Policy> {
  const isItems = kind === "RecoveryServicesVault";
  if (isItems ? isOpenProtection(policy) : isOpenPolicy(policy))
    return { unreadable: "what the policy keeps is only known during `pulumi up`." };
  const kept = isItems ? undefined : keptByPolicy(policy, type);
  const found = isItems ? protectionPolicyOf(policy, type) : kept && kept.length > 0 ? { kept } : undefined;
  return found ? { value: found } : { unreadable: "this version does not know all that the policies do." };
}
