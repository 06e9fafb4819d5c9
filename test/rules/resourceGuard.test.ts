import type { Facts } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { recovery, recoveryEncrypted, recoveryHoldings, recoveryKey, recoveryVault } from "./recoveryTransitions.js";
import { encrypted, goodKey, type ProposedChange, codes as saidOf, vault, verdictOf } from "./transitions.js";

/** What is said of a guard. That the vault is no longer immutable is a warning with and without one. */
const codes = (proposed: ProposedChange) => saidOf(proposed).filter((said) => !said.endsWith("immutability-disabled"));

const guarded: Vault = { ...vault, immutability: "Unlocked", isProtectedByResourceGuard: true };
const guard = (...excludedOperations: string[]): Facts => ({ guard: { value: { excludedOperations } } });
const request = "/subscriptions/0/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/g";

test.each<[string, Vault, Facts, string[]]>([
  ["nothing excluded", vault, guard(), ["refuse resource-guard-required"]],
  ["it excluded", vault, guard("microsoft.dataprotection/backupvaults/write#reduceimmutabilitystate"), []],
  [
    "another operation excluded",
    vault,
    guard("Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings"),
    ["refuse resource-guard-required"],
  ],
  ["the guard not read", vault, {}, ["undecided resource-guard-required"]],
  ["the guard unreadable", vault, { guard: { unreadable: "403" } }, ["warn resource-guard-required"]],
  [
    "a request",
    { ...vault, resourceGuardOperationRequests: [`${request}/dppReduceImmutabilityStateRequests/default`] },
    guard(),
    [],
  ],
  [
    "a request for something else",
    { ...vault, resourceGuardOperationRequests: [`${request}/dppModifyEncryptionSettingsRequests/default`] },
    guard(),
    ["refuse resource-guard-required"],
  ],
  [
    "a request that is not known yet",
    { ...vault, resourceGuardOperationRequests: [unknown] },
    guard(),
    ["undecided resource-guard-required"],
  ],
])("lowering immutability under a guard, with %s", (_, after, facts, verdicts) => {
  expect(codes({ before: guarded, after, facts })).toEqual(verdicts);
});

test("a refusal names the request to add, and the guard whose owner to ask", () => {
  const facts: Facts = { guard: { value: { ids: [request], excludedOperations: [] } } };
  expect(verdictOf("resource-guard-required", { before: guarded, after: vault, facts }).remediation).toContain(
    `Add "${request}/dppReduceImmutabilityStateRequests/default" to \`resourceGuardOperationRequests\`. ` +
      `Whoever runs the deployment needs the role Backup MUA Operator on resource guard "g" (${request}) while it runs.`,
  );
});

test("a guard does not stand in the way of more security, and no guard in the way of less", () => {
  expect(codes({ before: guarded, after: { ...guarded, immutability: "Locked" } })).toEqual(["warn one-way-change"]);
  expect(codes({ before: { ...guarded, isProtectedByResourceGuard: false }, after: vault })).toEqual([]);
});

test("turning soft delete off and changing the encryption are guarded too", () => {
  const off = { ...guarded, softDelete: { state: "Off", retentionDurationInDays: 14 } };
  expect(codes({ before: guarded, after: off, facts: guard(), apiVersion: "2025-07-01" })).toEqual([
    "warn soft-delete-off-by-api-version",
    "warn soft-delete-not-always-on",
    "refuse resource-guard-required",
  ]);
  const before = { ...encrypted, isProtectedByResourceGuard: true };
  const after = {
    ...encrypted,
    encryption: { ...encrypted.encryption, keyUri: "https://payroll.vault.azure.net/keys/b" },
  };
  expect(codes({ before, after, facts: { ...goodKey, ...guard() } })).toEqual(["refuse resource-guard-required"]);
});

test.each<[request: string, verdicts: string[]]>([
  ["reduceImmutabilityStateRequests", []],
  ["ReduceImmutabilityStateRequests", []],
  ["reduceImmutabilityState", ["refuse rsv-resource-guard-required"]],
  ["reduceImmutabilityStateRequestsToo", ["refuse rsv-resource-guard-required"]],
  ["modifyEncryptionSettings", ["refuse rsv-resource-guard-required"]],
])("of a Recovery Services vault too, a guard takes its request by its own name: %s", (name, verdicts) => {
  const before = { ...recoveryVault, immutability: "Unlocked", isProtectedByResourceGuard: true };
  const after = { ...recoveryVault, resourceGuardOperationRequests: [`${request}/${name}/default`] };
  expect(codes({ resource: "RecoveryServicesVault", before, after, facts: guard() })).toEqual(verdicts);
});

test("a vault of which it is not known whether a guard protects it is not taken for one without", () => {
  const before: Vault = { ...vault, immutability: "Unlocked", isProtectedByResourceGuard: unknown };
  const facts: Facts = { guard: { value: { excludedOperations: [] } } };
  expect(codes({ before, after: vault, facts })).toEqual(["undecided resource-guard-required"]);
  expect(codes({ before, after: { ...vault, immutability: "Unlocked" }, facts })).toEqual([]);
});

test("private endpoints that are not known are not taken for none", () => {
  const before: Vault = { ...recoveryVault, privateEndpoints: unknown };
  const deleted = codes(recovery({ before, after: undefined, facts: recoveryHoldings.empty }));
  expect(deleted).toEqual(["undecided rsv-delete-not-empty"]);
  const facts = { ...recoveryKey, ...recoveryHoldings.empty };
  expect(codes(recovery({ before, after: recoveryEncrypted, facts }))).toContain(
    "undecided rsv-cmk-user-identity-private-endpoint",
  );
});
