import { createHash } from "node:crypto";

/*
 * What backup of an AKS cluster needs in the cluster itself.
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept
 */

/** The same binding for the same vault, so that creating it twice creates one. Azure allows 24 letters, digits and hyphens. */
export function trustedAccessBindingId(clusterId: string, vaultId: string): string {
  const hash = createHash("sha1").update(vaultId.toLowerCase()).digest("hex");
  return `${clusterId}/trustedAccessRoleBindings/backup-${hash.slice(0, 16)}`;
}

export const isTrustedAccessBinding = (id: string): boolean => /\/trustedAccessRoleBindings\/[^/]+$/i.test(id);
