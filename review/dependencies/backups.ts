import {
  containerUnregistered,
  type DeletedBackup,
  type Fact,
  lessFrequent,
  policyChanged,
  policyDeleted,
  policyRetentionShorter,
  protectionPolicyDeleted,
  protectionPolicyLonger,
  protectionPolicyShorter,
  protectionPolicyVaulted,
  replicatedItemDeleted,
  type StoppedInstance,
  shorterIn,
  type Verdict,
} from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { isDeletedItself, isKeptInAzure, keptBackup } from "../sameRun.js";
import { containsUnknown, toValue } from "../values.js";
import { dependencyKindOf, subjectOf } from "../vaults/index.js";
import { type DependencyChange, notKnownYet } from "./change.js";
import { backupRules, judgeChanged, policyOf } from "./changedBackups.js";
import { judgeRemovalConsent, judgeRetentionConsent } from "./guards.js";
import type { Knowledge } from "./known.js";
import { type Reading, readingOf, sameId, type VaultRef, vaultIn } from "./reading.js";

const vaultUnknown = { unreadable: "its vault is not known." };

/** A backup instance or a protected item. What soft delete leaves of its backups depends on the vault. */
export async function judgeBackup(change: DependencyChange, kind: VaultKind): Promise<Verdict[]> {
  const { isRemoved, operation, known, judge } = change;
  const ref = vaultOf(change);
  if (!isRemoved) return operation === "change" ? onItsPage(change, await judgeChanged(change, kind, ref)) : [];
  const kept = keptBackup(change.planned);
  const guarded = await judgeRemovalConsent(change, kind, ref, kept ?? "delete");
  if (kept) return [...(await onItsPage(change, judgeKept(kept, kind, change))), ...guarded];
  const { deleted: rule } = backupRules[kind];
  const operational = ref && (await isOperational(change, ref));
  const judgeIn = (vault: DeletedBackup["vault"] | { missing: true }) =>
    "missing" in vault
      ? []
      : judge(rule, {
          kind,
          vaultName: ref?.name,
          vault,
          ...(operational !== undefined && { isOperational: operational }),
        });
  // What may be deleted before the vault is updated needs the worse of both.
  const whens = change.planned.isCreatedFirst ? [undefined] : [undefined, "before" as const];
  const either = await Promise.all(
    whens.map(async (when) => judgeIn(ref ? await known.vault(ref, when) : vaultUnknown)),
  );
  const verdicts =
    either.find((each) => each.some(({ decision }) => decision === "refuse")) ??
    either.find((each) => each.some(({ decision }) => decision === "undecided")) ??
    either[0] ??
    [];
  return verdicts.some(({ decision }) => decision === "refuse") ? verdicts : [...verdicts, ...guarded];
}

/** What is said of backup instances of any data source has Microsoft's page on this one. */
async function onItsPage({ old, planned }: DependencyChange, verdicts: Verdict[]): Promise<Verdict[]> {
  const isMeant = ({ code }: Verdict) => /^backup-instance-(stopped|resumed|narrowed)$/.test(code);
  if (!verdicts.some(isMeant)) return verdicts;
  const { pageFor } = await import("./policies.js");
  const source = pageFor(old, planned.type);
  return source === undefined ? verdicts : verdicts.map((each) => (isMeant(each) ? { ...each, source } : each));
}

/** A replacement by this package has to delete it. Others leave it as they do at a deletion, and create the new one. */
function judgeKept(way: StoppedInstance, kind: VaultKind, change: DependencyChange): Verdict[] {
  const { operation, planned, subject, judge } = change;
  const { type, stopped, replaced } = backupRules[kind];
  if (subject.provider !== "azure-backup") {
    if (isProtectedElsewhere(change))
      return judge(replaced, { changed: [], open: [], deletesBackups: false, isKeptBesideAnother: true });
    const remediation =
      "To keep backing it up, keep the resource. To back it up again later, import it and resume its protection.";
    return judge(stopped, way).map((verdict) => ({ ...verdict, remediation }));
  }
  if (operation !== "replace") return judge(stopped, way);
  const { old, new: wanted } = planned;
  const changed = Object.keys({ ...old?.inputs, ...wanted?.inputs }).filter(
    (name) => (type.fixed as readonly string[]).includes(name) && old?.inputs[name] !== wanted?.inputs[name],
  );
  return judge(replaced, {
    changed: changed.length > 0 ? changed : ["vault"],
    open: [],
    deletesBackups: false,
  });
}

/** Whether the same run protects its source in another vault. */
function isProtectedElsewhere({ known, old }: DependencyChange): boolean {
  const [source, vault] = [old.text(...itemSources), vaultIn(old.id)?.id];
  return known.all.some((planned) => {
    const isMade = planned.action === "create" || planned.action === "replace";
    if (!isMade || dependencyKindOf(planned) !== "protectedItem") return false;
    const wanted = readingOf(planned.new, false);
    const other = nameOfVault(wanted);
    return sameId(wanted.text(...itemSources), source) && other !== undefined && !vault?.toLowerCase().endsWith(other);
  });
}

const itemSources = ["sourceVmId", "sourceResourceId", "properties.sourceResourceId"];

/** How the ID of the vault of a new item ends. Undefined: it is not known. */
function nameOfVault(item: Reading): string | undefined {
  const whole = vaultIn(item.text("vault", "vaultId", "parentId"))?.id.toLowerCase();
  const [group, name] = [item.text("resourceGroupName"), item.text("recoveryVaultName", "vaultName")];
  if (whole !== undefined || typeof group !== "string" || typeof name !== "string") return whole;
  return `/resourcegroups/${group}/providers/microsoft.recoveryservices/vaults/${name}`.toLowerCase();
}

/**
 * By what Azure has of an instance, or else by its policy, as the preview or Azure has that, or else by what its data source can
 * have. Undefined: not known.
 */
async function isOperational({ known, old, planned }: DependencyChange, ref: VaultRef): Promise<boolean | undefined> {
  const { storesOfSource } = await import("./policies.js");
  const stores =
    (await storesInAzure(known, ref, old.id)) ??
    (await storesOfPolicy(known, ref, policyOf(old))) ??
    (ref.kind === "BackupVault" ? storesOfSource(old, planned.type) : undefined);
  return stores && stores.length > 0 ? stores.every((type) => /^operationalstore$/i.test(type)) : undefined;
}

async function storesInAzure(known: Knowledge, ref: VaultRef, id: string | undefined) {
  if (ref.kind !== "BackupVault") return undefined;
  const { protection } = await known.contents(ref, ["protection"]);
  const instances = protection && "value" in protection ? protection.value : [];
  return instances.find((each) => sameId(each.id, id))?.dataStoreTypes;
}

async function storesOfPolicy(known: Knowledge, { kind }: VaultRef, policyId: Maybe<string> | undefined) {
  if (policyId === undefined) return undefined;
  const { policyAt } = await import("./otherPolicy.js");
  const policy = await policyAt(known, kind, policyId, "old");
  return "value" in policy ? policy.value.kept.map(({ store }) => store) : undefined;
}

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
  const [before, after] = [old, wanted].map((reading) => protectionPolicyOf(reading, by, old));
  const open = isOpenProtection(wanted) ? notKnownYet : before && after ? undefined : notUnderstood;
  if (open === notUnderstood && isSameInputs(planned)) return [];
  const vault = ref ? await known.vault(ref) : vaultUnknown;
  if ("missing" in vault) return [];
  const live = ref ? await usersIn(known, ref) : vaultUnknown;
  const users =
    "value" in live ? { value: live.value.filter(({ policyId }) => sameId(policyId, old.id)).map(asItem) } : live;
  const isVaultedNow = before?.isVaulted === false && after?.isVaulted === true;
  if (isVaultedNow) return judge(protectionPolicyVaulted, { isVaultedNow, users });
  const kept = { before: before?.kept ?? [], after: after?.kept ?? [], vault, users, ...(open && { open }) };
  const isUnused = "value" in users && users.value.length === 0;
  const gaps = { before: before?.gaps ?? [], after: after?.gaps ?? [] };
  const lessOften = open || isUnused ? [] : judge(lessFrequent.RecoveryServicesVault, gaps);
  return [
    ...judge(protectionPolicyShorter, kept),
    ...judge(protectionPolicyLonger, kept),
    ...lessOften,
    ...(await judgeRetentionConsent(change, ref, shorterIn(kept.before, kept.after).length > 0)),
  ];
}

const notUnderstood = "This version does not know all that the policy does, before or after the change.";

/** What is secret may differ. */
function isSameInputs({ old, new: wanted }: PlannedChange): boolean {
  const [was, is] = [old, wanted].map((state) => toValue(state?.inputs ?? {}));
  return !containsUnknown(is) && JSON.stringify(was) === JSON.stringify(is);
}

const asItem = (used: Used) => ({ ...used, isSoftDeleted: false });

async function judgeRetention(change: DependencyChange): Promise<Verdict[]> {
  const { gapsByPolicy, isOpenPolicy, keptByPolicy, pageFor } = await import("./policies.js");
  const { old, wanted, planned, subject, judge } = change;
  const by = { provider: subject.provider, type: planned.type };
  const [before, after] = [old, wanted].map((reading) => keptByPolicy(reading, by));
  const isUnderstood = before && after && !isOpenPolicy(old);
  const open = isOpenPolicy(wanted) ? notKnownYet : isUnderstood ? undefined : notUnderstood;
  if (open === notUnderstood && isSameInputs(planned)) return [];
  const source = pageFor(old, planned.type);
  const gaps = { before: gapsByPolicy(old, by), after: gapsByPolicy(wanted, by), source };
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
