import type { Emulator } from "../../emulator/index.js";
import { requestProblems as ofBackupVaults } from "../emulator/schemas/dataProtectionRequests.js";
import { requestProblems as ofRecoveryServices } from "../emulator/schemas/recoveryServicesBackup.js";

/** Holds all that a file's tests have sent to both services of vaults against Microsoft's specification of them. */
export function holdRequests(azure: () => Emulator): void {
  afterEach(() => {
    const wrong = azure()
      .journal()
      .flatMap((entry) => [...ofBackupVaults(entry), ...ofRecoveryServices(entry)]);
    expect([...new Set(wrong)]).toEqual([]);
  });
}
