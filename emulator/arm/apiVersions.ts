/** Of the many versions that Resource Manager has, the ones that clients use. */
export const resourceManagerVersions: readonly string[] = [
  "2015-11-01",
  "2016-06-01",
  "2016-09-01",
  "2017-05-10",
  "2018-02-01",
  "2018-05-01",
  "2019-03-01",
  "2019-05-01",
  "2019-05-10",
  "2019-06-01",
  "2019-07-01",
  "2019-08-01",
  "2019-10-01",
  "2019-11-01",
  "2020-01-01",
  "2020-06-01",
  "2020-10-01",
  "2021-01-01",
  "2021-04-01",
  "2022-01-01",
  "2022-09-01",
  "2022-12-01",
  "2023-07-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-03-01",
  "2025-04-01",
];

export const authorizationVersions: readonly string[] = [
  "2015-07-01",
  "2018-01-01-preview",
  "2018-07-01",
  "2018-09-01-preview",
  "2020-04-01-preview",
  "2020-08-01-preview",
  "2020-10-01-preview",
  "2022-04-01",
  "2022-05-01-preview",
];

export const managedIdentityVersions: readonly string[] = [
  "2018-11-30",
  "2022-01-31-preview",
  "2023-01-31",
  "2023-07-31-preview",
  "2024-11-30",
];

/** https://learn.microsoft.com/rest/api/storagerp/file-shares */
export const storageVersions: readonly string[] = [
  "2019-06-01",
  "2021-09-01",
  "2022-09-01",
  "2023-01-01",
  "2023-05-01",
  "2024-01-01",
  "2025-01-01",
];

/** Of the many versions that AKS has, the ones that clients use. */
export const containerServiceVersions: readonly string[] = [
  "2023-05-01",
  "2023-09-01",
  "2023-11-01",
  "2024-01-01",
  "2024-02-01",
  "2024-05-01",
  "2024-07-01",
  "2024-08-01",
  "2024-09-01",
  "2025-01-01",
  "2025-02-01",
  "2025-05-01",
  "2026-04-01",
];

export const kubernetesConfigurationVersions: readonly string[] = ["2022-11-01", "2023-05-01", "2024-11-01"];

export const keyVaultVersions: readonly string[] = [
  "2019-09-01",
  "2021-06-01-preview",
  "2021-10-01",
  "2022-07-01",
  "2022-11-01",
  "2023-02-01",
  "2023-07-01",
  "2024-11-01",
  "2025-05-01",
  "2026-02-01",
];

/** https://learn.microsoft.com/rest/api/keyvault/#data-plane */
export const dataPlaneVersions: readonly string[] = [
  "2016-10-01",
  "7.0",
  "7.1",
  "7.2",
  "7.3",
  "7.4",
  "7.5",
  "7.6-preview.2",
  "7.6",
  "2025-06-01-preview",
  "2025-07-01",
];

export const latestDataPlane = "2025-07-01";

/** The versions that the emulator answers, of those that Azure has. Newest last. */
export const dataProtectionVersions: readonly string[] = [
  "2023-05-01",
  "2023-11-01",
  "2023-12-01",
  "2024-03-01",
  "2024-04-01",
  "2025-01-01",
  "2025-02-01",
  "2025-07-01",
  "2025-09-01",
  "2026-03-01",
  "2026-04-01-preview",
  "2026-06-01",
  "2026-08-31-preview",
];

export const latestDataProtection = "2026-06-01";

/**
 * Microsoft.RecoveryServices is three APIs: the vaults themselves (v), what backs up into them (b) and replication by
 * Site Recovery (r). Each has versions of its own, most of them in common.
 * https://github.com/Azure/bicep-types-az/tree/main/generated/recoveryservices and the two beside it, and Microsoft's
 * Python client
 */
const recoveryServicesTable: Record<string, string> = {
  "2016-06-01": "vb",
  "2016-08-10": "r",
  "2016-12-01": "b",
  "2017-07-01": "b",
  "2018-01-10": "r",
  "2018-07-10": "r",
  "2018-12-20": "b",
  "2019-05-13": "b",
  "2019-06-15": "b",
  "2020-02-02": "vb",
  "2020-07-01": "b",
  "2020-10-01": "vb",
  "2020-12-01": "b",
  "2021-01-01": "vb",
  "2021-02-01-preview": "b",
  "2021-02-01": "b",
  "2021-02-10": "vbr",
  "2021-03-01": "vbr",
  "2021-04-01": "vbr",
  "2021-06-01": "vbr",
  "2021-07-01": "vbr",
  "2021-08-01": "vbr",
  "2021-10-01": "br",
  "2021-11-01-preview": "v",
  "2021-11-01": "r",
  "2021-11-15": "b",
  "2021-12-01": "vbr",
  "2022-01-01": "vbr",
  "2022-01-31-preview": "v",
  "2022-02-01": "vbr",
  "2022-03-01": "vbr",
  "2022-04-01": "vbr",
  "2022-05-01": "vr",
  "2022-06-01-preview": "b",
  "2022-08-01": "vr",
  "2022-09-01-preview": "b",
  "2022-09-10": "vr",
  "2022-09-30-preview": "vb",
  "2022-10-01": "vbr",
  "2023-01-01": "vbr",
  "2023-01-15": "b",
  "2023-02-01": "vbr",
  "2023-04-01": "vbr",
  "2023-06-01": "vbr",
  "2023-08-01": "vbr",
  "2024-01-01": "vbr",
  "2024-02-01": "vbr",
  "2024-04-01": "vbr",
  "2024-04-30-preview": "vb",
  "2024-07-30-preview": "b",
  "2024-09-30-preview": "v",
  "2024-10-01": "vbr",
  "2024-11-01-preview": "b",
  "2025-01-01": "vbr",
  "2025-02-01": "vbr",
  "2025-02-28-preview": "b",
  "2025-08-01": "vbr",
  "2026-01-01-preview": "b",
  "2026-01-01": "vbr",
  "2026-01-31-preview": "b",
  "2026-02-01": "vbr",
  "2026-03-31-preview": "vbr",
  "2026-05-01": "vbr",
  "2026-05-31-preview": "vbr",
  "2026-07-01": "vbr",
  "2026-08-01": "b",
  "2026-08-31-preview": "vr",
  "2026-11-01": "v",
};

const versionsWith = (api: "v" | "b" | "r"): readonly string[] =>
  Object.keys(recoveryServicesTable).filter((version) => recoveryServicesTable[version]?.includes(api));

export const recoveryServicesVersions = versionsWith("v");
export const recoveryServicesBackupVersions = versionsWith("b");
export const siteRecoveryVersions = versionsWith("r");
