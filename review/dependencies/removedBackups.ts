import type { DeletedBackup, StoppedInstance, Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { keptBackup } from "../sameRun.js";
import { dependencyKindOf } from "../vaults/index.js";
import { backupInAzure } from "./backupInAzure.js";
import { storesOfPolicy } from "./backupPlace.js";
import { vaultOf, vaultUnknown } from "./backups.js";
import type { DependencyChange } from "./change.js";
import { backupRules, judgeChanged, policyOf } from "./changedBackups.js";
import { judgeRemovalConsent } from "./guards.js";
import type { Truth } from "./keyAddress.js";
import { type Reading, readingOf, sameId, type VaultRef, vaultIn } from "./reading.js";
import { both, either } from "./truth.js";

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
          vaultName: ref && known.named(ref).name,
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
    const elsewhere = isProtectedElsewhere(change);
    if (elsewhere !== "no") {
      const isKeptBesideAnother = elsewhere === "unknown" ? unknown : true;
      return judge(replaced, { changed: [], open: [], deletesBackups: false, isKeptBesideAnother });
    }
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

/** Whether the same run protects its source in another vault. A new item whose source is not known yet is that of a new machine. */
function isProtectedElsewhere({ known, planned: removed, old }: DependencyChange): Truth {
  const [source, vault] = [old.text(...itemSources), vaultIn(old.id)?.id];
  const found = known.all.map((planned): Truth => {
    const isMade = planned.action === "create" || planned.action === "replace";
    if (!isMade || dependencyKindOf(planned) !== "protectedItem") return "no";
    const wanted = readingOf(planned.new, false);
    const is = wanted.text(...itemSources);
    const isSource: Truth = sameId(is, source) ? "yes" : planned === removed && is === unknown ? "unknown" : "no";
    const other = nameOfVault(wanted);
    const isOther: Truth =
      other === undefined || vault === undefined ? "unknown" : vault.toLowerCase().endsWith(other) ? "no" : "yes";
    return both(isSource, isOther);
  });
  return either(found);
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
async function isOperational(change: DependencyChange, ref: VaultRef): Promise<boolean | undefined> {
  const { known, old, planned } = change;
  const { storesOfSource } = await import("./policies.js");
  const stores =
    (await storesInAzure(change, ref)) ??
    (await storesOfPolicy(known, ref.kind, policyOf(old))) ??
    (ref.kind === "BackupVault" ? storesOfSource(old, planned.type) : undefined);
  return stores && stores.length > 0 ? stores.every((type) => /^operationalstore$/i.test(type)) : undefined;
}

async function storesInAzure(change: DependencyChange, ref: VaultRef) {
  const live = ref.kind === "BackupVault" ? await backupInAzure(change, ref) : undefined;
  return live && "dataStoreTypes" in live ? live.dataStoreTypes : undefined;
}
