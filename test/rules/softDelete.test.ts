import { applyAccept } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { codes, holdings, judged, type ProposedChange, product, vault, verdictOf } from "./transitions.js";

const softDelete = (state: string): Vault => ({ ...vault, softDelete: { state, retentionDurationInDays: 14 } });
const states = ["Off", "On", "AlwaysOn"];
const old = "2025-07-01";
const granularity = "costManagementGranularity";

// What is not known yet is often undecided by another rule already, and said once.
test.each(["2025-09-01", "2026-06-01", "2026-08-31-preview"])("api-version %s asks for AlwaysOn", (apiVersion) => {
  expect(product(/^soft-delete-not-always-on/, states, softDelete, { apiVersion })).toBe(`
from \\ to | Off    | On     | AlwaysOn | absent | unknown   | Future
new vault | refuse | refuse | -        | warn   | -         | -
Off       | refuse | refuse | -        | warn   | undecided | -
On        | refuse | refuse | -        | warn   | -         | -
AlwaysOn  | refuse | refuse | -        | -      | -         | -
absent    | refuse | refuse | -        | -      | -         | -
unknown   | refuse | refuse | -        | warn   | undecided | -
Future    | refuse | refuse | -        | warn   | undecided | -
`);
});

test.each(["2023-05-01", "2025-07-01"])(
  "api-version %s takes every state, with a word about newer ones where the change is possible",
  (apiVersion) => {
    expect(product(/^soft-delete-not-always-on/, states, softDelete, { apiVersion })).toBe(`
from \\ to | Off  | On   | AlwaysOn | absent | unknown | Future
new vault | warn | warn | -        | warn   | -       | -
Off       | warn | warn | -        | -      | -       | -
On        | warn | warn | -        | -      | -       | -
AlwaysOn  | -    | -    | -        | -      | -       | -
absent    | warn | warn | -        | -      | -       | -
unknown   | warn | warn | -        | -      | -       | -
Future    | warn | warn | -        | -      | -       | -
`);
  },
);

test("whatever is changed of a vault that is not AlwaysOn, the api-version is judged", () => {
  const change = { before: softDelete("On"), after: { ...softDelete("On"), immutability: "Unlocked" } };
  expect(codes({ ...change, apiVersion: "2026-06-01" })).toEqual(["refuse soft-delete-not-always-on"]);
  expect(codes({ ...change, apiVersion: "2025-07-01" })).toEqual(["warn soft-delete-not-always-on"]);
  const always = { before: softDelete("AlwaysOn"), after: { ...softDelete("AlwaysOn"), immutability: "Unlocked" } };
  expect(codes({ ...always, apiVersion: "2026-06-01" })).toEqual([]);
  expect(codes({ ...change, apiVersion: "2026-06-01", writes: false })).toEqual([]);
  expect(codes({ ...change, apiVersion: "2025-07-01", writes: false })).toEqual([]);
});

test("a change of a vault whose soft delete nobody says is not judged for it", () => {
  const { softDelete: _, ...silent } = vault;
  const change = { before: silent, after: { ...silent, immutability: "Unlocked" } };
  expect(codes({ ...change, apiVersion: "2026-06-01" })).toEqual([]);
  expect(codes({ ...change, apiVersion: "2025-07-01" })).toEqual([]);
});

const granular = (state: string | typeof unknown, costManagementGranularity?: string | typeof unknown): Vault => ({
  ...vault,
  softDelete: { state, retentionDurationInDays: 14 },
  costManagementGranularity,
});

test.each<[string, ProposedChange, string[]]>([
  ["a new vault that is On", { after: granular("On", "VaultLevel") }, ["refuse"]],
  ["a new vault that is Off", { after: granular("Off", "VaultLevel") }, ["refuse"]],
  ["a new vault that is AlwaysOn", { after: granular("AlwaysOn", "VaultLevel") }, []],
  ["a new vault whose state comes at up", { after: granular(unknown, "VaultLevel") }, ["undecided"]],
  ["a granularity that comes at up", { after: granular("On", unknown) }, ["undecided"]],
  [
    "a new vault that says nothing of soft delete",
    { after: { ...granular("On", "VaultLevel"), softDelete: undefined } },
    ["refuse"],
  ],
  [
    "a granularity that is changed",
    { before: granular("On", "VaultLevel"), after: granular("On", "ProtectedItemLevel") },
    ["refuse"],
  ],
  ["one that is there already", { before: granular("On", "VaultLevel"), after: granular("Off", "vaultlevel") }, []],
  ["one that becomes AlwaysOn", { before: granular("On"), after: granular("AlwaysOn", "VaultLevel") }, []],
  [
    "a vault whose soft delete nobody says",
    { before: { ...vault, softDelete: undefined }, after: { ...granular("On", "VaultLevel"), softDelete: undefined } },
    ["undecided"],
  ],
  ["none", { before: granular("On"), after: granular("Off") }, []],
])("cost management granularity of %s, by 2025-07-01", (_, proposed, decisions) => {
  const about = judged({ ...proposed, apiVersion: "2025-07-01" }).filter(
    ({ code }) => code === "newer-api-version-needed",
  );
  expect(about.map(({ decision }) => decision)).toEqual(decisions);
});

const geo = { redundancy: "GeoRedundant" };
const failed = { lastWriteFailed: true };

test.each<[string, Vault, Vault, string, string[]]>([
  ["a redundancy that changes", {}, geo, old, ["refuse redundancy"]],
  ["a redundancy that changes, by a newer version without it", {}, geo, "2026-03-01", ["refuse redundancy"]],
  ["a redundancy that changes, by a version that has it", {}, geo, "2026-06-01", []],
  ["a redundancy that comes at up", {}, { redundancy: unknown }, old, ["undecided redundancy"]],
  ["a redundancy in other letters", geo, { redundancy: "geoREDUNDANT" }, old, []],
  ["a redundancy that is left as it is", {}, { redundancy: undefined }, old, []],
  ["a vault whose last write failed", failed, {}, old, [`refuse ${granularity}`]],
  ["one of which that is not known", { lastWriteFailed: unknown }, {}, old, [`undecided ${granularity}`]],
  ["a failed vault whose redundancy changes", failed, geo, old, ["refuse redundancy"]],
  ["something that a PATCH can change", {}, { immutability: "Unlocked" }, old, []],
  [
    "a granularity that is asked for, too",
    failed,
    { [granularity]: "ProtectedItemLevel" },
    old,
    [`refuse ${granularity}`],
  ],
  ["a granularity that the program leaves out", {}, { ...geo, [granularity]: undefined }, old, ["refuse redundancy"]],
  ["no granularity", { [granularity]: undefined }, { ...geo, [granularity]: undefined }, old, []],
  [
    "a granularity that cannot be read",
    { [granularity]: unknown },
    { ...geo, [granularity]: undefined },
    old,
    ["undecided redundancy"],
  ],
  [
    "one that cannot be read and that the program sets, on a failed vault with an unrecognized soft delete",
    { ...failed, [granularity]: unknown, softDelete: { state: "Future" } },
    { [granularity]: "VaultLevel" },
    old,
    [`undecided ${granularity}`],
  ],
])("a write of the whole vault does not lose the granularity: %s", (_, was, becomes, apiVersion, says) => {
  const before = { ...granular("On", "VaultLevel"), ...was };
  const after = { ...before, lastWriteFailed: undefined, ...becomes };
  const about = judged({ before, after, apiVersion, facts: holdings.empty }).filter(
    ({ code }) => code === "newer-api-version-needed",
  );
  expect(about.map(({ decision, property }) => `${decision} ${property}`)).toEqual(says);
});

test("a newer api-version sets the cost management granularity", () => {
  const all = codes({ after: granular("On", "VaultLevel"), apiVersion: "2026-06-01" });
  expect(all).not.toContain("refuse newer-api-version-needed");
});

test("a replacement is deleted by one api-version and made by another", () => {
  const change = { before: softDelete("On"), after: { ...softDelete("On"), location: "northeurope" } };
  const facts = {
    protection: { value: [] },
    deleted: { value: [{ name: "disk", state: "SoftDeleted" }] },
    policies: { value: [] },
  };
  const proposed = { ...change, facts, apiVersion: "2025-07-01" };
  expect(codes(proposed)).toContain("refuse delete-with-soft-deleted");
  expect(codes({ ...proposed, deletedBy: "2026-06-01" })).not.toContain("refuse delete-with-soft-deleted");
});

test.each<[string, ProposedChange, boolean]>([
  ["soft-delete-not-always-on", { after: softDelete("On"), apiVersion: "2026-06-01" }, true],
  ["soft-delete-off-by-api-version", { after: { ...softDelete("Off"), location: "eastasia" } }, true],
  [
    "soft-delete-off-by-api-version",
    { before: softDelete("On"), after: softDelete("Off"), apiVersion: "2026-06-01" },
    false,
  ],
  ["newer-api-version-needed", { after: granular("On", "VaultLevel"), apiVersion: "2025-07-01" }, false],
  [
    "newer-api-version-needed",
    { before: { ...granular("On", "VaultLevel"), ...failed }, after: granular("On", "VaultLevel"), apiVersion: old },
    true,
  ],
])("%s may be accepted where it is reported or inferred", (code, proposed, may) => {
  const verdict = verdictOf(code, proposed);
  expect(verdict.evidence).toBe(may ? "community" : "microsoft");
  expect(applyAccept([verdict], [code])[0]?.decision).toBe(may ? "warn" : "refuse");
});
