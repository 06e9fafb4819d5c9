import { BackupVault } from "../../provider/resources/backupVault.js";
import { RecoveryServicesVault } from "../../provider/resources/recoveryServicesVault.js";
import { definitions, propertiesOf } from "../../provider/vaults/definitions.js";

test.each([
  ["BackupVault", BackupVault],
  ["RecoveryServicesVault", RecoveryServicesVault],
] as const)(
  "a %s has every setting and output as a property, and nothing that only a change or this package needs",
  (kind, Vault) => {
    const properties = propertiesOf(definitions[kind]);
    expect(properties).toEqual(expect.arrayContaining(["vaultName", "redundancy", "tags", "vaultId", "principalId"]));
    expect(
      properties.filter((name) => ["adopt", "accept", "timeouts", "resourceGuardOperationRequests"].includes(name)),
    ).toEqual([]);
    expect(new Set(properties).size).toBe(properties.length);
    expect(Vault.name).toBe(kind);
  },
);
