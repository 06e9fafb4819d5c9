import { type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { codes, vault } from "./transitions.js";

const withRetention = (retentionDurationInDays: Maybe<number> | undefined, state = "On"): Vault => ({
  ...vault,
  softDelete: { state, retentionDurationInDays },
});

test.each([14, 14.5, 100, 180])("%d days are allowed", (days) => {
  expect(codes({ after: withRetention(days) })).toEqual([]);
  expect(codes({ before: withRetention(14), after: withRetention(days) })).toEqual([]);
});

test.each([13, 181, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])("%d days are refused", (days) => {
  expect(codes({ after: withRetention(days) })).toEqual(["refuse retention-out-of-range"]);
  expect(codes({ before: withRetention(90), after: withRetention(days) })).toContain("refuse retention-out-of-range");
});

test("a number of days that is not known yet is not decided", () => {
  expect(codes({ before: withRetention(90), after: withRetention(unknown) })).toEqual([
    "undecided retention-out-of-range",
  ]);
});

test("soft delete may keep deleted backups for a shorter time, with a warning, also where it is always on", () => {
  for (const state of ["On", "AlwaysOn"])
    expect(codes({ before: withRetention(90, state), after: withRetention(30, state) })).toEqual([
      "warn retention-shortened",
    ]);
  expect(codes({ before: withRetention(90), after: { ...vault, softDelete: undefined } })).toEqual([
    "warn retention-shortened",
  ]);
});

test("an old vault is not judged for the retention that it has", () => {
  expect(codes({ before: withRetention(7), after: { ...withRetention(7), immutability: "Unlocked" } })).toEqual([]);
  expect(codes({ before: withRetention(0, "Off"), after: withRetention(0) })).toEqual([
    "refuse retention-out-of-range",
  ]);
});

test("leaving the retention out is a warning, and leaving soft delete out is not", () => {
  expect(codes({ after: withRetention(undefined) })).toEqual(["warn retention-missing"]);
  expect(codes({ before: withRetention(14), after: withRetention(undefined) })).toEqual([]);
  expect(codes({ before: withRetention(90), after: withRetention(undefined) })).toEqual([
    "warn retention-missing",
    "warn retention-shortened",
  ]);
  expect(codes({ before: withRetention(undefined), after: withRetention(14) })).toEqual([]);
  expect(codes({ after: { ...vault, softDelete: undefined } })).toEqual([]);
});

test.each([
  ["2025-09-01", "westeurope", ["refuse soft-delete-off-by-api-version"]],
  ["2026-06-01", "westeurope", ["refuse soft-delete-off-by-api-version"]],
  ["2026-08-31-preview", "westeurope", ["refuse soft-delete-off-by-api-version"]],
  ["2025-07-01", "eastasia", ["refuse soft-delete-off-by-api-version"]],
  ["2025-07-01", "East Asia", ["refuse soft-delete-off-by-api-version"]],
  ["2025-07-01", "Australia East", ["refuse soft-delete-off-by-api-version"]],
  ["2025-07-01", "westcentralus", ["refuse soft-delete-off-by-api-version"]],
])("soft delete off with api-version %s in %s", (apiVersion, location, verdicts) => {
  const before = { ...withRetention(14, "On"), location };
  const after = { ...withRetention(14, "Off"), location };
  const offOf = (all: string[]) => all.filter((each) => each.endsWith("soft-delete-off-by-api-version"));
  expect(offOf(codes({ before, after, apiVersion }))).toEqual(verdicts);
  expect(offOf(codes({ after, apiVersion }))).toEqual(verdicts);
});

test.each(["2025-07-01", "2025-08-31-preview"])(
  "soft delete off with api-version %s is a warning where it was on",
  (apiVersion) => {
    const after = withRetention(14, "Off");
    const warning = "warn soft-delete-off-by-api-version";
    expect(codes({ before: withRetention(14, "On"), after, apiVersion })).toContain(warning);
    expect(codes({ before: after, after: { ...after, immutability: "Unlocked" }, apiVersion })).not.toContain(warning);
    expect(codes({ after, apiVersion })).not.toContain(warning);
  },
);
