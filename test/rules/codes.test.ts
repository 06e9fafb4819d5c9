import { allRules, applyAccept, catalogue, describe as wording } from "../../provider/rules/index.js";
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
  "rsv-immutability-configuration-unused": example("rsv-immutability-configuration-unused"),
  "rsv-immutability-configuration-locked": example("rsv-immutability-configuration-locked"),
  "rsv-cmk-system-identity-at-create": example("rsv-cmk-system-identity-at-create"),
  "rsv-kek-identity-shape": recovery({ after: { ...recoveryEncrypted, identity: undefined } }),
  "rsv-old-key-unreachable": example("rsv-old-key-unreachable"),
};

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
  const elsewhere = catalogue.filter(
    ({ evidence, source }) =>
      evidence === "microsoft" && !/^https:\/\/(learn\.microsoft\.com|github\.com\/Azure)\//.test(source),
  );
  expect(elsewhere.map((rule) => rule.code)).toEqual([]);
});
