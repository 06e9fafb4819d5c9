import type { BackupVaultBody } from "./records.js";

/** The vault as a client of that version sees it, with the members that no specification declares. */
export function showVault({ properties, ...rest }: BackupVaultBody, apiVersion: string): BackupVaultBody {
  const { bcdrSecurityLevel, replicatedRegions, ...always } = properties;
  return {
    ...rest,
    properties: {
      ...always,
      // Recorded: by 2023-05-01 they are not there, by 2024-04-01 they are.
      ...(apiVersion > "2023-05-01" && { bcdrSecurityLevel, replicatedRegions }),
      // Recorded: by 2025-09-01 it is there, by 2026-06-01 no more.
      ...(apiVersion >= "2025-09-01" && apiVersion < "2026-06-01" && { crossRegionBackupSettings: "NotApplicable" }),
      ...(apiVersion >= "2026-03-01" && { regionOfChoiceSettings: { status: "NotApplicable" } }),
    },
  } as BackupVaultBody;
}
