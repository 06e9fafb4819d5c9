export interface Deviation {
  /** Whose answers: the beginning of an operation's name. @default all */
  of?: string;
  /** Where it stands in an answer: a JSON pointer, as an expression. */
  at: RegExp;
  /** What the specification does not have, or has as something else. */
  what: "null" | string;
  /** Where the real service was seen to do it. */
  evidence: string;
}

const recordingsOfCli =
  "Azure/azure-cli-extensions, src/dataprotection/azext_dataprotection/tests/latest/recordings (test_dataprotection_deleted_vault_operations, test_dataprotection_job_list_and_show)";
const recordingsOfPowerShell =
  "Azure/azure-powershell, src/DataProtection/DataProtection.Autorest/test (Undo-AzDataProtectionVaultDeletion, CmkEncryptionScenario)";
const restoreByRest = "https://learn.microsoft.com/azure/backup/backup-azure-dataprotection-use-rest-api-restore-disks";
const backupByRest =
  "https://learn.microsoft.com/azure/backup/backup-azure-data-protection-use-rest-api-backup-postgresql";

/** Where the emulator answers otherwise than Microsoft's specification says, because the service does. */
export const deviations: readonly Deviation[] = [
  { at: /\/properties$/, what: "crossRegionBackupSettings", evidence: recordingsOfCli },
  { at: /\/properties$/, what: "regionOfChoiceSettings", evidence: recordingsOfPowerShell },
  { of: "DeletedBackupVaults_", at: /^(\/value\/\d+)?$/, what: "location", evidence: recordingsOfPowerShell },
  { of: "DeletedBackupVaults_", at: /^(\/value\/\d+)?$/, what: "tags", evidence: recordingsOfPowerShell },
  { at: /\/resourceDeletionInfo$/, what: "deleteActivityID", evidence: recordingsOfPowerShell },
  {
    of: "Jobs_",
    at: /\/properties\/(dataSourceSetName|sourceDataStoreName|destinationDataStoreName|restoreType|rehydrationPriority|progressUrl|errorDetails|extendedInfo)$/,
    what: "null",
    evidence: restoreByRest,
  },
  {
    of: "Jobs_",
    at: /\/extendedInfo\/(backupInstanceState|dataTransferredInBytes|targetRecoverPoint|sourceRecoverPoint|recoveryDestination|additionalDetails|warningDetails)$/,
    what: "null",
    evidence: restoreByRest,
  },
  { of: "Jobs_", at: /\/subTasks\/\d+\/(taskProgress|additionalDetails)$/, what: "null", evidence: restoreByRest },
  { of: "Jobs_", at: /\/properties$/, what: "sourceDataStoreType", evidence: recordingsOfCli },
  { of: "Jobs_", at: /\/properties$/, what: "isCrossRegionRestore", evidence: recordingsOfCli },
  { at: /^\/error\/(target|details)$/, what: "null", evidence: backupByRest },
  { of: "Jobs_", at: /\/errorDetails\/\d+\/(details|innerError)$/, what: "null", evidence: backupByRest },
];
