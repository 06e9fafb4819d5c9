import { allRules, applyAccept, ruleCodes, describe as wording } from "../../provider/rules/index.js";
import { examples } from "./examples.js";
import { recoveryExamples } from "./recoveryExamples.js";
import { recovery, recoveryEncrypted, recoveryVault } from "./recoveryTransitions.js";
import { encrypted, holdings, type ProposedChange, vault, verdictOf } from "./transitions.js";

const example = (code: string) => ({ ...examples, ...recoveryExamples })[code] as ProposedChange;
const infrastructure = { ...encrypted, encryption: { ...encrypted.encryption, infrastructureEncryption: "Enabled" } };

/** For each rule that may be overridden, a refusal that rests on others' experience. */
const overridden: Record<string, ProposedChange> = {
  "vault-replaced": {
    before: vault,
    after: { ...vault, datastoreType: "OperationalStore" },
    facts: holdings.protected,
  },
  "datastore-archive-store-alone": example("datastore-archive-store-alone"),
  "redundancy-after-protection": {
    before: vault,
    after: { ...vault, redundancy: "GeoRedundant" },
    facts: holdings["soft-deleted only"],
  },
  "soft-delete-off-by-api-version": {
    after: { ...vault, location: "eastasia", softDelete: { state: "Off", retentionDurationInDays: 14 } },
  },
  "soft-delete-not-always-on": { after: vault, apiVersion: "2026-06-01" },
  "newer-api-version-needed": {
    before: { ...vault, costManagementGranularity: "VaultLevel" },
    after: { ...vault, costManagementGranularity: "VaultLevel", redundancy: "GeoRedundant" },
    facts: holdings.empty,
  },
  "infrastructure-encryption-fixed": { before: infrastructure, after: encrypted },
  "kek-identity-not-attached": example("kek-identity-not-attached"),
  "rsv-name-invalid": example("rsv-name-invalid"),
  "rsv-csr-permanently-disabled": example("rsv-csr-permanently-disabled"),
  "rsv-soft-delete-not-always-on": recovery({
    after: { ...recoveryVault, softDelete: { ...recoveryVault.softDelete, state: "Enabled" } },
  }),
  "rsv-immutability-locked-at-create": example("rsv-immutability-locked-at-create"),
  "rsv-immutability-skips-unlocked": example("rsv-immutability-skips-unlocked"),
  "rsv-kek-identity-shape": recovery({ after: { ...recoveryEncrypted, identity: undefined } }),
  "rsv-old-key-unreachable": example("rsv-old-key-unreachable"),
};

/** Every rule that is known, Backup vaults' and then Recovery Services vaults'. A code never changes: users name it in `accept` and search for it. */
const known = `
  vault-name-invalid vault-replaced datastore-type-changed datastore-snapshot-store datastore-archive-store-alone
  redundancy-after-protection
  crr-needs-geo crr-after-protection csr-permanently-disabled soft-delete-always-on soft-delete-off-by-api-version
  soft-delete-not-always-on newer-api-version-needed
  retention-out-of-range retention-missing immutability-locked immutability-never-set-locked one-way-change cmk-disabled
  cmk-removed cmk-system-identity-at-create infrastructure-encryption-fixed infrastructure-encryption-needs-cmk
  key-and-identity-together old-key-unreachable kek-identity-removed kek-identity-not-attached kek-identity-shape
  instance-identity-removed cmk-key-type cmk-key-unusable cmk-key-missing key-vault-soft-delete-off
  key-vault-purge-protection-off cmk-access-missing cmk-user-identity-restricted-key-vault
  cmk-user-identity-private-endpoint cmk-operational-tier encryption-inconsistent move-while-cmk update-while-moving
  resource-guard-required delete-with-instances delete-with-soft-deleted delete-with-policies delete-locked-with-data
  delete-cmk-broken cmk-dependency-deleted-first operational-backups-left
  rsv-name-invalid rsv-vault-replaced rsv-redundancy-after-registration rsv-crr-needs-geo rsv-crr-after-protection
  rsv-csr-permanently-disabled rsv-soft-delete-off rsv-soft-delete-not-always-on rsv-retention-out-of-range
  rsv-immutability-locked rsv-immutability-locked-at-create rsv-immutability-skips-unlocked rsv-immutability-duration
  rsv-one-way-change rsv-cmk-after-registration rsv-cmk-removed rsv-infrastructure-encryption-fixed
  rsv-kek-identity-removed rsv-kek-identity-shape rsv-identity-narrowed rsv-user-identity-at-create rsv-cmk-key-missing
  rsv-cmk-key-type rsv-cmk-key-unusable rsv-cmk-key-vault-region rsv-key-vault-soft-delete-off
  rsv-key-vault-purge-protection-off rsv-cmk-access-missing rsv-old-key-unreachable
  rsv-cmk-user-identity-restricted-key-vault
  rsv-cmk-user-identity-private-endpoint rsv-cmk-unsupported-workload rsv-cmk-with-crr rsv-classic-alerts
  rsv-move-while-cmk rsv-update-while-moving rsv-resource-guard-required rsv-delete-not-empty
  rsv-delete-locked-with-data`
  .trim()
  .split(/\s+/);

test("every known rule is there, once", () => {
  expect([...ruleCodes].sort()).toEqual([...known].sort());
});

test("these may be overridden, where they rest on others' experience", () => {
  expect(allRules.filter((rule) => rule.overridable).map((rule) => rule.code)).toEqual(Object.keys(overridden));
});

test.each(Object.entries(overridden))(
  "%s is refused on others' experience, and accept overrides it",
  (code, proposed) => {
    const verdict = verdictOf(code, proposed);
    expect(verdict).toMatchObject({ decision: "refuse", evidence: "community", overridable: true });
    expect(wording(verdict, "payroll")).toContain(
      `add "${code}" to \`accept\`. Reported or inferred, not stated by Microsoft`,
    );
    expect(applyAccept([verdict], [code])).toEqual([{ ...verdict, decision: "warn", accepted: true }]);
  },
);

test("what rests on Microsoft's word links to Microsoft", () => {
  const elsewhere = allRules.filter(
    ({ evidence, source }) =>
      evidence === "microsoft" && !/^https:\/\/(learn\.microsoft\.com|github\.com\/Azure)\//.test(source),
  );
  expect(elsewhere.map((rule) => rule.code)).toEqual([]);
});
