import type { ArmResource } from "../state/records.js";
import { unverified } from "./backupError.js";

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

export function refuseTooMany({ policyInfo }: ArmResource): void {
  const parameters: ArmResource[] = policyInfo?.policyParameters?.backupDatasourceParametersList ?? [];
  for (const { list, noun, most } of limits) {
    const count = Math.max(0, ...parameters.map((each) => each[list]?.length ?? 0));
    if (count > most) throw unverified(`too-many-${noun}`, `An instance names at most ${most} ${noun}, not ${count}.`);
  }
}
