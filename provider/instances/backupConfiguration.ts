import {
  type Fields,
  fields,
  flag,
  isSameValue,
  list,
  matching,
  type Of,
  oneOf,
  type Problem,
  parseFields,
} from "../vaults/values.js";

/*
 * What of an AKS cluster is backed up: Azure's KubernetesClusterBackupDatasourceParameters, member by member.
 * https://learn.microsoft.com/rest/api/dataprotection/backup-instances/create-or-update#kubernetesclusterbackupdatasourceparameters
 */

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
// Azure does not ask for lower case: https://github.com/Azure/azure-cli-extensions,
// test_dataprotection_backup_instance_update_aks_configuration
const namespace = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/i,
  "must be the name of a namespace: 1 to 63 letters, digits and hyphens",
);
const word = matching(/^\S{1,253}$/, "must be 1 to 253 characters without spaces");

/** Azure Backup leaves them out of every backup, and does not take them by name. */
const leftOut = ["kube-system", "kube-node-lease", "kube-public"];

// https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-support-matrix
function checkNamespaces({ includedNamespaces: named }: Record<string, unknown>, path: string, problems: Problem[]) {
  if (!Array.isArray(named)) return;
  const refused = named.filter((each) => leftOut.includes(each));
  if (refused.length > 0)
    problems.push({
      path: `${path}.includedNamespaces`,
      expected: `must not name ${refused.join(", ")}: Azure Backup leaves it out of every backup`,
    });
}

export const backupConfiguration = fields(
  {
    includedNamespaces: list(namespace),
    excludedNamespaces: list(namespace),
    includedResourceTypes: list(word),
    excludedResourceTypes: list(word),
    labelSelectors: list(matching(/^.{1,1024}$/, "must be 1 to 1,024 characters")),
    snapshotVolumes: flag,
    includeClusterScopeResources: flag,
    includedVolumeTypes: list(oneOf("AzureDisk", "AzureFileShareSMB")),
    backupHookReferences: list(fields({ name: word, namespace }, ["name", "namespace"])),
  },
  [],
  checkNamespaces,
);

export type BackupConfiguration = Of<typeof backupConfiguration>;

/** As az's `initialize-backupconfig`: everything is backed up. Azure requires both. */
const defaults = { snapshotVolumes: true, includeClusterScopeResources: true };

/** The request's form. */
export const configurationToArm = (given: BackupConfiguration | undefined): BackupConfiguration => ({
  ...defaults,
  ...given,
});

/** Of what Azure shows. Undefined: this version does not know all of it. */
export function configurationFromArm(shown: Record<string, unknown>): BackupConfiguration | undefined {
  const there = Object.entries(shown).filter(([, value]) => !isNothing(value));
  const problems: Problem[] = [];
  // What Azure has is read, even if this version would not take it from a program.
  const { check: _, ...shape } = backupConfiguration;
  const read = parseFields(shape as unknown as Fields, Object.fromEntries(there), "", problems);
  return problems.length > 0 ? undefined : (read as BackupConfiguration);
}

/** Azure shows lists that were not sent as empty ones. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** No list has an order, and an absent configuration is the default one. */
export const isSameConfiguration = (a: BackupConfiguration | undefined, b: BackupConfiguration | undefined): boolean =>
  isSameValue(unordered(a), unordered(b));

const unordered = (configuration: BackupConfiguration | undefined) =>
  Object.fromEntries(
    Object.entries(configurationToArm(configuration))
      .filter(([, value]) => !isNothing(value))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : value]),
  );
