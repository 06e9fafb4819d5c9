import { identitiesOf } from "../managedIdentity/identityOfResource.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { refuseAutoProtection } from "./autoProtection.js";
import { unverified } from "./backupError.js";
import { refuseClusterRequest } from "./clusterBackup.js";

/** What is refused at once of an instance that a request gives, whether it is to be written or only validated. */
export function refuseOddInstance(
  apiVersion: string,
  vault: BackupVaultRecord,
  given: ArmResource,
  before?: ArmResource,
): void {
  refuseClusterRequest(given, before);
  refuseForeignIdentity(vault, given);
  refuseAutoProtection(apiVersion, given);
  refuseTooMany(given);
}

/** An instance uses an identity of its vault: the system-assigned one, unless it names another. */
function refuseForeignIdentity({ body }: BackupVaultRecord, { identityDetails }: ArmResource): void {
  const { useSystemAssignedIdentity: isSystem, userAssignedIdentityArmUrl: id } = identityDetails ?? {};
  if (isSystem || !id || identitiesOf(body.identity).includes(id.toLowerCase())) return;
  throw unverified("instance-identity", `The vault '${body.name}' does not have the identity '${id}'.`);
}

/**
 * How much of a data source one instance may name. Microsoft's pages have the numbers, and no code:
 * https://learn.microsoft.com/azure/backup/blob-backup-support-matrix
 * https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-support-matrix
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-support-matrix
 */
const limits = [
  { list: "containersList", noun: "containers", most: 100 },
  { list: "includedNamespaces", noun: "namespaces", most: 800 },
];

function refuseTooMany({ policyInfo }: ArmResource): void {
  const parameters: ArmResource[] = policyInfo?.policyParameters?.backupDatasourceParametersList ?? [];
  for (const { list, noun, most } of limits) {
    const count = Math.max(0, ...parameters.map((each) => each[list]?.length ?? 0));
    if (count > most) throw unverified(`too-many-${noun}`, `An instance names at most ${most} ${noun}, not ${count}.`);
  }
}
