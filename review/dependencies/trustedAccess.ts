import { trustedAccessRole } from "../../provider/policies/backupRoles.js";
import { backupRoleRemoved, type Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { isSameValue, listOf, type Value } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { clusterIn, clusterOf } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import { afterwards, type Grant, isDeletedFirst, isGone, isLeft, strongest } from "./otherAccess.js";
import { backupVaultsIn, type ProtectedSource, protectedBy } from "./protectedSources.js";
import { isSameHidden, type Reading, readingOf, sameId, subscriptionIn, type VaultRef, vaultIn } from "./reading.js";
import { both } from "./truth.js";

/**
 * The binding by which an AKS cluster lets a Backup vault in.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept#trusted-access
 */
export async function judgeTrustedAccess(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, old, known, judge } = change;
  if (!isRemoved && (operation !== "change" || staysAsItIs(change))) return [];
  const clusterId = clusterOf(old);
  if (clusterId === undefined || isForBackup(old) === "no") return [];
  const { vaults, unread } = await vaultsLetIn(change, clusterId);
  const judged = await Promise.all(vaults.map((vault) => judgeVault(change, clusterId, vault)));
  return judge(backupRoleRemoved, {
    what: "trusted access",
    backedUp: judged.flatMap(({ given, sources }) => (given === "no" ? sources : [])),
    again: judged.flatMap(({ given, sources }) => (given === "again" ? sources : [])),
    perhaps: vaults.filter((_, index) => judged[index]?.isOpen === true).map(known.named),
    unread: isForBackup(old) === "yes" ? unread : undefined,
  });
}

/** The vault that a binding lets in. Where that is hidden, it may be any. */
async function vaultsLetIn(
  { old, known, context }: DependencyChange,
  clusterId: string,
): Promise<{ vaults: readonly VaultRef[]; unread?: string | undefined }> {
  const vault = vaultIn(sourceOf(old));
  if (vault) {
    const isGone = context.deleted.has(vault.id.toLowerCase()) || "missing" in (await known.vault(vault));
    return { vaults: isGone ? [] : [vault] };
  }
  const found = await known.vaults(subscriptionIn(clusterId));
  return { vaults: backupVaultsIn(found.vaults, known, context), unread: found.unread };
}

interface JudgedVault {
  /** Whether something lets the vault in after the run. */
  given: Grant;
  /** The backups of the cluster that need it. */
  sources: readonly ProtectedSource[];
  /** It may have others, or may not be the vault that the binding lets in. */
  isOpen: boolean;
}

async function judgeVault(
  { isRemoved, old, planned, known }: DependencyChange,
  clusterId: string,
  vault: VaultRef,
): Promise<JudgedVault> {
  const grants = known.all.map((other): Grant => {
    if (dependencyKindOf(other) !== "trustedAccess" || isGone(other)) return "no";
    const gives = trusts(afterwards(other), clusterId, vault);
    // Several resources may be one binding in Azure: a deletion takes it from all, unless one writes it again.
    if (isRemoved && other.address !== planned.address && isSameBinding(other, planned))
      return gives === "yes" && !isLeft(other) && isDeletedFirst(planned) ? "again" : "no";
    const isThere = isLeft(other) || other.action === "update";
    const isTaken = other.address === planned.address && isRemoved && isSameName(other);
    return gives === "yes" && (isTaken || (isDeletedFirst(planned) && !isThere)) ? "again" : gives;
  });
  const given = strongest(grants);
  if (given === "yes") return { given, sources: [], isOpen: false };
  const { sources, unread } = await protectedBy(known, vault);
  const those = (truth: Truth) => sources.filter(({ sourceId }) => isCluster(sourceId, clusterId) === truth);
  const [backedUp, open] = [those("yes"), those("unknown")];
  const isSure = given !== "unknown" && trusts(old, clusterId, vault) === "yes";
  const isOpen = open.length > 0 || (backedUp.length === 0 ? unread !== undefined : !isSure);
  return { given, sources: isSure ? backedUp : [], isOpen };
}

const sourceOf = (binding: Reading) => binding.text("sourceResourceId", "properties.sourceResourceId");
const rolesOf = (binding: Reading) => binding.value("roles", "properties.roles");

/** An update of something else, such as of a name that only the program uses. */
function staysAsItIs({ planned, old, wanted }: DependencyChange): boolean {
  const isSame = (of: (binding: Reading) => Value) =>
    isSameValue(of(old), of(wanted)) || isSameHidden(planned, of(readingOf(planned.old, false)), of(wanted));
  return isSame(sourceOf) && isSame(rolesOf);
}

/** Whether it lets in a Backup vault. Others are for other services. */
export function isForBackup(binding: Reading): Truth {
  const source = sourceOf(binding);
  return source === unknown || vaultIn(source)?.kind === "BackupVault" ? hasRole(binding) : "no";
}

function isCluster(id: unknown, clusterId: string): Truth {
  if (id === unknown) return "unknown";
  return sameId(clusterIn(id), clusterId) ? "yes" : "no";
}

const nameOf = (binding: Reading) =>
  binding.id?.split("/").at(-1) ?? binding.text("trustedAccessRoleBindingName", "resourceName", "name");

/** Whether what replaces a binding may be the same one in Azure, which goes with the deletion of the old one. */
function isSameName(planned: PlannedChange): boolean {
  const names = [readingOf(planned.old, true), readingOf(planned.new, false)].map(nameOf);
  return names.some((name) => typeof name !== "string") || sameId(names[0], names[1]);
}

/** Whether another resource is the binding that is removed. */
function isSameBinding(other: PlannedChange, removed: PlannedChange): boolean {
  const [binding, lost] = [readingOf(other.old ?? other.new, other.old !== undefined), readingOf(removed.old, true)];
  return sameId(clusterOf(binding), clusterOf(lost)) && sameId(nameOf(binding), nameOf(lost));
}

/** Whether a binding lets a vault into a cluster. */
function trusts(binding: Reading, clusterId: string, vault: VaultRef): Truth {
  const source = sourceOf(binding);
  const isVault: Truth = source === unknown ? "unknown" : sameId(vaultIn(source)?.id, vault.id) ? "yes" : "no";
  return both(both(isCluster(clusterOf(binding) ?? unknown, clusterId), isVault), hasRole(binding));
}

function hasRole(binding: Reading): Truth {
  const roles = rolesOf(binding);
  if (roles === unknown) return "unknown";
  const all = listOf(roles);
  if (all.some((role) => sameId(role, trustedAccessRole))) return "yes";
  return all.includes(unknown) ? "unknown" : "no";
}
