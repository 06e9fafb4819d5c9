import { isDeepStrictEqual } from "node:util";
import {
  asVaulted,
  containerUnregistered,
  type Fact,
  lessFrequent,
  type OtherFrequency,
  policyChanged,
  policyDeleted,
  policyRetentionShorter,
  protectionPolicyDeleted,
  protectionPolicyLonger,
  protectionPolicyShorter,
  protectionPolicyVaulted,
  replicatedItemDeleted,
  shorterIn,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { isDeletedItself, isKeptInAzure, keptBackup } from "../sameRun.js";
import { containsUnknown, toValue } from "../values.js";
import { subjectOf } from "../vaults/index.js";
import { type DependencyChange, isHiddenAsBefore, notKnownYet } from "./change.js";
import { policyOf } from "./changedBackups.js";
import { judgeRetentionConsent } from "./guards.js";
import type { Knowledge } from "./known.js";
import { readingOf, sameId, type VaultRef, vaultIn } from "./reading.js";

export const vaultUnknown = { unreadable: "its vault is not known." };

/** A registered storage account or server. */
export async function judgeContainer(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, known, old, judge } = change;
  if (!isRemoved) return [];
  const ref = vaultOf(change);
  const items = ref && (await usersIn(known, { ...ref, kind: "RecoveryServicesVault" }));
  const isLeft = ({ id }: Pick<Used, "id">) =>
    id?.toLowerCase().startsWith(`${old.id?.toLowerCase()}/protecteditems/`) === true && !isRemovedIn(known, id);
  const left = items && "value" in items ? items.value.filter(isLeft) : backupsIn(known).filter(isLeft).map(asUsed);
  // What the preview does not show may be in the container, too.
  const isKnown = left.length > 0 || (items !== undefined && "value" in items);
  return judge(containerUnregistered, {
    items: isKnown ? { value: left.map(asItem) } : (items ?? vaultUnknown),
  });
}

export function judgeReplicatedItem({ isRemoved, judge }: DependencyChange): Verdict[] {
  return isRemoved ? judge(replicatedItemDeleted, undefined) : [];
}

/** A backup policy. What the same run deletes or moves to another policy no longer uses it. */
export async function judgePolicy(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, known, old, planned, judge } = change;
  const ref = vaultOf(change);
  const kind = ref?.kind ?? (/recoveryservices|backup\//i.test(planned.type) ? "RecoveryServicesVault" : "BackupVault");
  if (!isRemoved && (operation !== "change" || change.isChecked)) return [];
  if (!isRemoved) return kind === "BackupVault" ? judgeChangedPolicy(change) : judgeChangedProtection(change, ref);
  const rule = kind === "BackupVault" ? policyDeleted : protectionPolicyDeleted;
  const inProgram = usersInProgram(known, old.id);
  const live = ref ? await usersIn(known, ref) : vaultUnknown;
  const users = "value" in live ? live.value.filter(({ policyId }) => sameId(policyId, old.id)) : [];
  // What the program deletes or gives another policy comes before the deletion of the old policy, unless the engine
  // deletes that first: Pulumi to make room for its replacement, Terraform always.
  const isMovedBefore = operation === "delete" || planned.isCreatedFirst;
  const remaining = users.filter(({ id }) => !isRemovedIn(known, id) && !isStoppedIn(known, id, kind));
  const becomes = (id: string | undefined) => (isMovedBefore ? inProgram.becomes(id) : "same");
  const using = remaining.filter(({ id }) => becomes(id) === "same");
  const shown = using.length > 0 || "value" in live ? using : inProgram.users;
  const isKnown = "value" in live || shown.length > 0;
  const inUse = judge(rule, {
    kind,
    users: isKnown ? { value: shown } : live,
    moved:
      operation === "delete" && !planned.isCreatedFirst ? remaining.filter(({ id }) => becomes(id) === "other") : [],
    perhaps: operation === "delete" ? remaining.filter(({ id }) => becomes(id) === "unknown") : [],
  });
  return [...inUse, ...(operation === "replace" && kind === "BackupVault" ? await judgeRetention(change) : [])];
}

/** A policy of a Backup vault that stays as it is named. This package's provider replaces it instead. */
async function judgeChangedPolicy(change: DependencyChange): Promise<Verdict[]> {
  const { subject, judge } = change;
  if (subject.provider === "azure-backup") return [];
  const { policyDifference } = await import("./policies.js");
  return judge(policyChanged, policyDifference(change));
}

/** A policy of a Recovery Services vault, which Azure changes in place and applies to the recovery points that exist. */
async function judgeChangedProtection(change: DependencyChange, ref: VaultRef | undefined): Promise<Verdict[]> {
  const { known, old, wanted, planned, subject, judge } = change;
  const { isOpenProtection, protectionPolicyOf } = await import("./protectionPolicies.js");
  const by = { provider: subject.provider, type: planned.type };
  const [shown, after] = [protectionPolicyOf(old, by), protectionPolicyOf(wanted, by, old)];
  const before = (await keptInAzure(change, "RecoveryServicesVault")) ?? shown;
  const open = isOpenProtection(wanted) ? notKnownYet : before && after ? undefined : notUnderstood;
  if (open && isSamePolicy(change)) return [];
  const vault = ref ? await known.vault(ref) : vaultUnknown;
  if ("missing" in vault) return [];
  const live = ref ? await usersIn(known, ref) : vaultUnknown;
  const users =
    "value" in live ? { value: live.value.filter(({ policyId }) => sameId(policyId, old.id)).map(asItem) } : live;
  const isVaultedNow = before?.isVaulted === false && after?.isVaulted === true;
  const kept = { before: before?.kept ?? [], after: after?.kept ?? [], vault, users, ...(open && { open }) };
  const isUnused = "value" in users && users.value.length === 0;
  const gaps: OtherFrequency = { before: before?.gaps ?? [], after: after?.gaps ?? [] };
  const lessOften =
    open || isUnused || isHiddenAsBefore(change, shown?.gaps, gaps.after)
      ? []
      : judge(lessFrequent.RecoveryServicesVault, gaps);
  if (isVaultedNow)
    return [
      ...judge(protectionPolicyVaulted, { isVaultedNow, users }),
      ...judge(protectionPolicyShorter, { ...kept, isVaultedNow }),
      ...lessOften,
      ...(await judgeRetentionConsent(change, ref, shorterIn(kept.before.map(asVaulted), kept.after).length > 0)),
    ];
  return [
    ...judge(protectionPolicyShorter, kept),
    ...judge(protectionPolicyLonger, kept),
    ...lessOften,
    ...(await judgeRetentionConsent(change, ref, shorterIn(kept.before, kept.after).length > 0)),
  ];
}

const notUnderstood = "This version does not know all that the policy does, before or after the change.";

/** Whether all that says what it does stays, as far as it is known. */
function isSamePolicy({ planned }: DependencyChange): boolean {
  const [was, is] = [planned.old, planned.new].map((state) =>
    toValue({ ...state?.inputs, tags: undefined, location: undefined }),
  );
  return isDeepStrictEqual(was, is) && !(containsUnknown(is) && planned.hidesDifference);
}

/** What a policy keeps in Azure, where somebody may have changed it since the state was written. */
async function keptInAzure({ known, old }: DependencyChange, kind: VaultKind) {
  if (old.id === undefined) return undefined;
  const { policyInAzure } = await import("./otherPolicy.js");
  const found = await policyInAzure(known, kind, old.id);
  return "value" in found ? found.value : undefined;
}

const asItem = (used: Used) => ({ ...used, isSoftDeleted: false });

async function judgeRetention(change: DependencyChange): Promise<Verdict[]> {
  const { gapsByPolicy, isOpenPolicy, keptByPolicy, pageFor } = await import("./policies.js");
  const { old, wanted, planned, subject, judge } = change;
  const by = { provider: subject.provider, type: planned.type };
  const live = await keptInAzure(change, "BackupVault");
  const [before, after] = [live?.kept ?? keptByPolicy(old, by), keptByPolicy(wanted, by)];
  const isUnderstood = before && after && (live || !isOpenPolicy(old));
  const open = isOpenPolicy(wanted) ? notKnownYet : isUnderstood ? undefined : notUnderstood;
  if (open && isSamePolicy(change)) return [];
  const source = pageFor(old, planned.type);
  const gaps: OtherFrequency = { before: live?.gaps ?? gapsByPolicy(old, by), after: gapsByPolicy(wanted, by), source };
  return [
    ...judge(policyRetentionShorter, { before: before ?? [], after: after ?? [], source, ...(open && { open }) }),
    ...judge(lessFrequent.BackupVault, gaps),
  ];
}

interface Used {
  name: string;
  state: string;
  id?: string;
  policyId?: string;
}

/** What a vault backs up now. Soft-deleted items use no policy and need no container. */
async function usersIn(known: Knowledge, ref: VaultRef): Promise<Fact<Used[]>> {
  if (ref.kind === "BackupVault") return (await known.contents(ref, ["protection"])).protection ?? vaultUnknown;
  const { protectedItems } = await known.contents(ref, ["protectedItems"]);
  if (!protectedItems || !("value" in protectedItems)) return protectedItems ?? vaultUnknown;
  return { value: protectedItems.value.filter(({ isSoftDeleted }) => !isSoftDeleted) };
}

interface ShownBackup {
  id: string | undefined;
  name: string;
  /** The policy that it uses after the run. */
  after: Maybe<string> | undefined;
}

/** The instances and items of the preview that are there after the run, also those that the program only gives up. */
const backupsIn = ({ all }: Knowledge): ShownBackup[] =>
  all.flatMap((planned) => {
    const { action, name, old, new: wanted } = planned;
    const subject = subjectOf(planned);
    const isBackup = subject?.is === "dependency" && /^(backupInstance|protectedItem)$/.test(subject.dependency.kind);
    if (!isBackup) return [];
    const isGivenUp = (action === "delete" || action === "replace") && isKeptInAzure(planned);
    const isStopped = subject.dependency.kind === "protectedItem" && keptBackup(planned) === "stopProtectionRetainData";
    const left: ShownBackup[] =
      isGivenUp && old ? [{ id: old.id, name, after: isStopped ? undefined : policyOf(readingOf(old, true)) }] : [];
    if (action === "delete") return left;
    const id = isGivenUp ? wanted?.id : (old ?? wanted)?.id;
    return [...left, { id, name, after: policyOf(readingOf(wanted ?? old, false)) }];
  });

const asUsed = ({ name }: ShownBackup): Used => ({ name, state: "in this program" });

/** What the preview shows of the instances and items that use a policy. */
function usersInProgram(known: Knowledge, policyId: string | undefined) {
  const backups = backupsIn(known);
  return {
    users: backups.filter(({ after }) => sameId(after, policyId)).map(asUsed),
    becomes(id: string | undefined): "same" | "other" | "unknown" {
      const found = backups.find((each) => sameId(each.id, id));
      if (!found || found.after === undefined) return "same";
      if (found.after === unknown) return "unknown";
      return sameId(found.after, policyId) ? "same" : "other";
    },
  };
}

/** Whether the same run deletes it. */
export const isRemovedIn = ({ all }: Knowledge, id: string | undefined): boolean =>
  all.some((planned) => {
    const { action, old } = planned;
    const isRemoved = (action === "delete" || action === "replace") && sameId(old?.id, id);
    return isRemoved && isDeletedItself(planned, all);
  });

/** Whether the same run removes it and stops its backup, after which an item has no policy. One that is suspended has. */
const isStoppedIn = ({ all }: Knowledge, id: string | undefined, kind: VaultKind): boolean =>
  kind === "RecoveryServicesVault" &&
  all.some(
    (planned) =>
      planned.action === "delete" &&
      planned.old?.retainOnDelete !== true &&
      sameId(planned.old?.id, id) &&
      keptBackup(planned) === "stopProtectionRetainData",
  );

export const vaultOf = ({ old }: Pick<DependencyChange, "old">): VaultRef | undefined =>
  vaultIn(old.id) ?? vaultIn(old.text("vaultId", "dataProtectionBackupVaultId"));
