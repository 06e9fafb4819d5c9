import type { BackupVaultBody } from "./records.js";

/** The vault as a client of that version sees it, with the members that no specification declares. */
export function showVault({ properties, ...rest }: BackupVaultBody, apiVersion: string): BackupVaultBody {
  return {
    ...rest,
    properties: {
      ...properties,
      ...(apiVersion >= "2025-09-01" && { crossRegionBackupSettings: "NotApplicable" }),
      ...(apiVersion >= "2026-03-01" && { regionOfChoiceSettings: { status: "NotApplicable" } }),
    },
  } as BackupVaultBody;
}
