import fc from "fast-check";
import { type Facts, irreversibleSettings } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import { anyFacts, anyVault, circumstances, toVault } from "./anyVault.js";
import { encrypted, holdings, vault } from "./transitions.js";

const irreversible = (before: Vault, facts: Facts = holdings.empty) =>
  irreversibleSettings(before, {
    resource: "BackupVault",
    apiVersion: "2026-06-01",
    when: "plan",
    now: 1_800_000_000,
    facts,
  });

/** But for infrastructure encryption, which is decided for every vault. */
const shown = (before: Vault, facts?: Facts) =>
  irreversible(before, facts)
    .filter(({ code }) => code !== "infrastructure-encryption-fixed")
    .map(
      ({ property, state, decision, notTo, stays, code }) =>
        `${decision} ${property} ${stays ? "stays" : "is"} ${state}, not ${notTo.join(" or ")}: ${code}`,
    );

test("an empty vault without locks can still be changed", () => {
  expect(shown(vault)).toEqual([]);
});

test("infrastructure encryption is decided from the beginning", () => {
  expect(irreversible(vault).map(({ code, state }) => `${code} ${state}`)).toEqual([
    "infrastructure-encryption-fixed Disabled",
  ]);
});

test("each terminal state of a vault is irreversible", () => {
  const locked: Vault = {
    ...encrypted,
    immutability: "Locked",
    softDelete: { state: "AlwaysOn" },
    redundancy: "GeoRedundant",
    crossRegionRestore: "Enabled",
    crossSubscriptionRestore: "PermanentlyDisabled",
  };
  expect(shown(locked)).toEqual([
    "refuse crossRegionRestore stays Enabled, not Disabled: crr-after-protection",
    "refuse crossSubscriptionRestore stays PermanentlyDisabled, not Enabled or Disabled: csr-permanently-disabled",
    "refuse softDelete.state stays AlwaysOn, not Off or On: soft-delete-always-on",
    "refuse immutability stays Locked, not Disabled or Unlocked: immutability-locked",
    "refuse encryption stays Enabled, not unset or Disabled: cmk-removed",
  ]);
});

test("what a vault holds makes its redundancy irreversible", () => {
  expect(shown(vault, holdings.protected)).toEqual([
    "refuse redundancy stays LocallyRedundant, not ZoneRedundant or GeoRedundant: redundancy-after-protection",
  ]);
});

test("what could not be read leaves open whether a setting is irreversible", () => {
  expect(shown(vault, holdings.unreadable)).toEqual([
    "undecided redundancy stays LocallyRedundant, not ZoneRedundant or GeoRedundant: redundancy-after-protection",
  ]);
});

test("every irreversible setting is one that the rules refuse or leave open, and has other states", () => {
  fc.assert(
    fc.property(anyVault, anyFacts, circumstances, (flat, facts, given) => {
      for (const { state, notTo, decision, reason } of irreversibleSettings(toVault(flat), { ...given, facts })) {
        expect(notTo).not.toContain(state);
        expect(notTo.length).toBeGreaterThan(0);
        expect(["refuse", "undecided"]).toContain(decision);
        expect(reason).not.toBe("");
      }
    }),
    { numRuns: 200 },
  );
});
