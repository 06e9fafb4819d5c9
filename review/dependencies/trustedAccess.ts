import { trustedAccessRole } from "../../provider/policies/backupRoles.js";
import { backupRoleRemoved, type Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { listOf } from "../values.js";
import { dependencyKindOf } from "../vaults/index.js";
import type { DependencyChange } from "./change.js";
import { clusterIn } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import { afterwards, type Grant, isDeletedFirst, strongest } from "./otherAccess.js";
import { protectedBy } from "./protectedSources.js";
import { type Reading, readingOf, sameId, type VaultRef, vaultIn } from "./reading.js";
import { both } from "./truth.js";

/**
 * The binding by which an AKS cluster lets a Backup vault in.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept#trusted-access
 */
export async function judgeTrustedAccess(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, operation, old, planned, known, context, judge } = change;
  if (!isRemoved && operation !== "change") return [];
  const vault = trustedVaultIn(old);
  const clusterId = clusterOf(old);
  if (vault === undefined || clusterId === undefined || trusts(old, clusterId, vault) === "no") return [];
  if (context.deleted.has(vault.id.toLowerCase()) || "missing" in (await known.vault(vault))) return [];
  const grants = known.all.map((other): Grant => {
    const isGone = other.action === "delete" || other.action === "unknown";
    if (dependencyKindOf(other) !== "trustedAccess" || isGone) return "no";
    const gives = trusts(afterwards(other), clusterId, vault);
    // Several resources may be one binding in Azure: a deletion takes it from all, unless one writes it again.
    if (isRemoved && other.address !== planned.address && isSameBinding(other, planned))
      return gives === "yes" && other.action !== "nothing" && isDeletedFirst(planned) ? "again" : "no";
    const isThere = other.action === "nothing" || other.action === "update";
    const isTaken = other.address === planned.address && isRemoved && isSameName(other);
    return gives === "yes" && (isTaken || (isDeletedFirst(planned) && !isThere)) ? "again" : gives;
  });
  const given = strongest(grants);
  if (given === "yes") return [];
  const { sources, unread } = await protectedBy(known, vault);
  const those = (truth: Truth) => sources.filter(({ sourceId }) => isCluster(sourceId, clusterId) === truth);
  const [backedUp, open] = [those("yes"), those("unknown")];
  const isOpen = open.length > 0 || (backedUp.length === 0 && unread !== undefined);
  return judge(backupRoleRemoved, {
    what: "trusted access",
    backedUp: given === "no" ? backedUp : [],
    again: given === "again" ? backedUp : [],
    perhaps: isOpen || (given === "unknown" && backedUp.length > 0) ? [known.named(vault)] : [],
  });
}

const sourcePaths = ["sourceResourceId", "properties.sourceResourceId"];

/** The Backup vault that a binding lets in. Undefined: it is for another service. */
export function trustedVaultIn(binding: Reading): VaultRef | undefined {
  const vault = vaultIn(binding.text(...sourcePaths));
  return vault?.kind === "BackupVault" ? vault : undefined;
}

const clusterOf = (binding: Reading): string | undefined =>
  [binding.id, ...["kubernetesClusterId", "parentId", "parent_id"].map((path) => binding.text(path))]
    .map(clusterIn)
    .find((id) => id !== undefined);

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
  const source = binding.text(...sourcePaths);
  const isVault: Truth = source === unknown ? "unknown" : sameId(vaultIn(source)?.id, vault.id) ? "yes" : "no";
  return both(both(isCluster(clusterOf(binding) ?? unknown, clusterId), isVault), hasRole(binding));
}

function hasRole(binding: Reading): Truth {
  const roles = binding.value("roles", "properties.roles");
  if (roles === unknown) return "unknown";
  const all = listOf(roles);
  if (all.some((role) => sameId(role, trustedAccessRole))) return "yes";
  return all.includes(unknown) ? "unknown" : "no";
}
