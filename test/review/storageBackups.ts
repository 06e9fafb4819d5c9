// Bodies of what backs up storage accounts, as Resource Manager has them.

export const blobs = "Microsoft.Storage/storageAccounts/blobServices";

interface Kept {
  stores?: string[];
  /** For how long. @default P30D */
  duration?: string;
  type?: string;
}

/** A policy with one retention rule. */
export const blobPolicy = ({ stores = ["VaultStore"], duration = "P30D", type = blobs }: Kept) => ({
  properties: {
    ...{ objectType: "BackupPolicy", datasourceTypes: [type] },
    policyRules: [
      {
        ...{ objectType: "AzureRetentionRule", name: "Default", isDefault: true },
        lifecycles: stores.map((dataStoreType) => ({
          deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
          sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType },
        })),
      },
    ],
  },
});

/** An instance for a storage account. */
export const instanceBody = (
  accountId: string,
  policyId: string,
  { type: datasourceType = blobs, containers: containersList }: { type?: string; containers?: string[] } = {},
) => {
  const resourceName = accountId.split("/").at(-1) ?? "";
  return {
    properties: {
      ...{ objectType: "BackupInstance", friendlyName: resourceName },
      dataSourceInfo: {
        ...{ objectType: "Datasource", datasourceType, resourceName, resourceID: accountId },
        resourceType: "Microsoft.Storage/storageAccounts",
      },
      policyInfo: {
        policyId,
        ...(containersList && { policyParameters: { backupDatasourceParametersList: [{ containersList }] } }),
      },
    },
  };
};

const times = ["2020-01-01T02:00:00Z"];

/** A policy of file shares that keeps a snapshot of each day. */
export const sharePolicy = {
  properties: {
    ...{ backupManagementType: "AzureStorage", workLoadType: "AzureFileShare" },
    schedulePolicy: {
      ...{ schedulePolicyType: "SimpleSchedulePolicy", scheduleRunFrequency: "Daily" },
      scheduleRunTimes: times,
    },
    retentionPolicy: {
      retentionPolicyType: "LongTermRetentionPolicy",
      dailySchedule: { retentionTimes: times, retentionDuration: { count: 30, durationType: "Days" } },
    },
  },
};
