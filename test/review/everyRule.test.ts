import { allRules, type Facts } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { review } from "../../review/index.js";
import { examples } from "../rules/examples.js";
import { recoveryExamples } from "../rules/recoveryExamples.js";
import { recoveryHoldings, recoveryKey, recoveryVault } from "../rules/recoveryTransitions.js";
import { holdings, type ProposedChange, vault } from "../rules/transitions.js";
import { families, knowing, stepOf } from "./families.js";
import { preview, type StepOf } from "./previews.js";
import { recoveryFamilies } from "./recoveryFamilies.js";

/** What Azure has while a vault that is read is Unlocked: one that is not may have been locked in the portal. */
const unlocked = { properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } } };

async function codesOf(step: StepOf, facts: Facts, isRead = false): Promise<string[]> {
  const live = { ...knowing(facts), ...(isRead && { vault: async () => ({ body: unlocked }) }) };
  const report = await review(preview(step), { live, now: 1_800_000_000 });
  expect(report.counts).toMatchObject({ unchecked: 0, resources: 1 });
  return report.resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code));
}

/** Azure would change these, and this provider makes another vault of them, which is judged as that. */
const orReplaced = (step: StepOf, code: string) =>
  step.op === "replace" ? [code, "vault-replaced", "rsv-vault-replaced"] : [code];

/** The same kind of step in which nothing is wrong. */
function harmless({ before, after }: ProposedChange, kind: VaultKind): { proposed: ProposedChange; facts: Facts } {
  const nothing: Facts = {
    ...recoveryKey,
    ...holdings.empty,
    ...recoveryHoldings.empty,
    policies: { value: [] },
  };
  const always = { ...vault, softDelete: { ...vault.softDelete, state: "AlwaysOn" } };
  const good = kind === "BackupVault" ? always : recoveryVault;
  if (before && after) {
    // What the vault's own state has against any write is over.
    const calm = { ...before, resourceMoveState: undefined };
    if (calm.encryption?.state === "Inconsistent") calm.encryption = { ...calm.encryption, state: "Enabled" };
    return { proposed: { before: calm, after: calm }, facts: nothing };
  }
  return { proposed: before ? { before: good, after: undefined } : { after: good }, facts: nothing };
}

/** Where a provider breaks a rule only in another way than the rule's example. */
const elsewhere: Vault = { ...vault, location: "eastasia" };
const remediation: Record<string, Record<string, ProposedChange>> = {
  "azure-backup": {
    "soft-delete-not-always-on": { after: vault },
    "newer-api-version-needed": { after: { ...vault, costManagementGranularity: "VaultLevel" } },
    "rsv-delete-not-empty": { before: recoveryVault, after: undefined },
  },
  "azure-native": { "soft-delete-not-always-on": { after: vault, apiVersion: "2025-09-01" } },
  "azure classic": {
    "soft-delete-not-always-on": { after: vault, apiVersion: "2025-09-01" },
    "soft-delete-off-by-api-version": {
      before: elsewhere,
      after: { ...elsewhere, softDelete: { state: "Off", retentionDurationInDays: 14 } },
    },
    "rsv-delete-not-empty": { before: recoveryVault, after: undefined },
  },
};

/** What a provider's arguments have no words for, or its own checks take care of. */
const unsaid: Record<string, string[]> = {
  "azure-backup, BackupVault": [
    "replicated-regions-removed",
    "infrastructure-encryption-needs-cmk",
    "update-while-moving",
    "delete-with-soft-deleted",
  ],
  "azure-native, BackupVault": [],
  "azure-backup, RecoveryServicesVault": [
    "rsv-immutability-locked-at-create",
    "rsv-immutability-skips-unlocked",
    "rsv-user-identity-at-create",
    "rsv-cmk-user-identity-private-endpoint",
    "rsv-update-while-moving",
  ],
  "azure-native, RecoveryServicesVault": [],
  "azure classic, RecoveryServicesVault": [
    "rsv-csr-permanently-disabled",
    "rsv-soft-delete-not-always-on",
    "rsv-retention-out-of-range",
    "rsv-retention-shortened",
    "rsv-immutability-locked-at-create",
    "rsv-immutability-skips-unlocked",
    "rsv-immutability-duration",
    "rsv-immutability-configuration-unused",
    "rsv-immutability-configuration-locked",
    "rsv-user-identity-at-create",
    "rsv-cmk-user-identity-private-endpoint",
    "rsv-update-while-moving",
    "rsv-resource-guard-required",
  ],
  "azure classic, BackupVault": [
    "replicated-regions-removed",
    "csr-permanently-disabled",
    "soft-delete-not-always-on",
    "newer-api-version-needed",
    "cmk-disabled",
    "cmk-removed",
    "cmk-system-identity-at-create",
    "infrastructure-encryption-fixed",
    "infrastructure-encryption-needs-cmk",
    "key-and-identity-together",
    "old-key-unreachable",
    "kek-identity-removed",
    "kek-identity-not-attached",
    "kek-identity-shape",
    "cmk-key-missing",
    "cmk-key-type",
    "cmk-key-unusable",
    "key-vault-soft-delete-off",
    "key-vault-purge-protection-off",
    "cmk-access-missing",
    "cmk-user-identity-restricted-key-vault",
    "cmk-user-identity-private-endpoint",
    "cmk-operational-tier",
    "encryption-inconsistent",
    "move-while-cmk",
    "update-while-moving",
    "resource-guard-required",
    "delete-cmk-broken",
    "cmk-dependency-deleted-first",
  ],
};

/** Held against those who do in one request what Azure wants in two. */
const ofSteps = ["rsv-immutability-locked-at-create", "rsv-immutability-skips-unlocked", "rsv-user-identity-at-create"];

const kinds = [
  ...Object.entries(families).map(([name, family]) => ({ name, kind: "BackupVault" as const, family })),
  ...Object.entries(recoveryFamilies).map(([name, family]) => ({
    name,
    kind: "RecoveryServicesVault" as const,
    family,
  })),
];

describe.each(kinds)("$name, $kind", ({ name, kind, family }) => {
  const ruleCodes = allRules.filter(({ resource }) => resource === kind).map(({ code }) => code);
  const said = ruleCodes.flatMap((code) => {
    const proposed = (remediation[name]?.[code] ?? examples[code] ?? recoveryExamples[code]) as ProposedChange;
    const step = stepOf(family, proposed);
    const isTaken = step && !(family.takesSteps && ofSteps.includes(code));
    return isTaken ? [{ code, proposed, step }] : [];
  });

  test("every rule that the provider's arguments can break is among those that are tried", () => {
    const tried = said.map(({ code }) => code);
    expect(ruleCodes.filter((code) => !tried.includes(code))).toEqual(unsaid[`${name}, ${kind}`]);
  });

  test.each(said)("a change that breaks $code is found", async ({ code, proposed, step }) => {
    const found = await codesOf(step, proposed.facts ?? {}, code.endsWith("immutability-disabled"));
    expect(orReplaced(step, code).some((each) => found.includes(each)) ? code : found).toBe(code);
  });

  test.each(said)("a change that keeps $code is not held against it", async ({ code, proposed }) => {
    const { proposed: good, facts } = harmless(proposed, kind);
    const step = stepOf(family, good) as StepOf;
    expect(await codesOf(step, facts)).not.toContain(code);
  });
});
