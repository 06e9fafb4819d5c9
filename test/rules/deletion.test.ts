import { type Facts, describe as wording } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import {
  codes,
  encrypted,
  goodKey,
  holdings,
  judged,
  protectedBy,
  softDeleted,
  vault,
  verdictOf,
} from "./transitions.js";

const clear: Facts = { ...holdings.empty, policies: { value: [] } };
const deleted = (before: Vault, facts: Facts, apiVersion = "2026-06-01") =>
  codes({ before, after: undefined, facts: { ...clear, ...facts }, apiVersion });

test("an empty vault may be deleted, locked or not", () => {
  expect(deleted(vault, {})).toEqual([]);
  expect(deleted({ ...vault, immutability: "Locked" }, {})).toEqual([]);
});

test("what a vault holds is asked for before it is deleted", () => {
  const verdicts = judged({ before: { ...vault, immutability: "Locked" }, after: undefined });
  expect(verdicts.map(({ decision, code }) => `${decision} ${code}`)).toEqual([
    "undecided delete-with-instances",
    "undecided delete-with-policies",
    "undecided operational-backups-left",
  ]);
  expect(verdicts.flatMap(({ needs }) => needs)).toEqual(["protection", "policies", "deleted"]);
});

test("what blocks a deletion stands in the order to clear it", () => {
  const facts: Facts = {
    protection: { value: [protectedBy] },
    deleted: { value: [softDeleted] },
    policies: { value: ["daily"] },
  };
  expect(deleted(vault, facts, "2025-07-01")).toEqual([
    "refuse delete-with-instances",
    "refuse delete-with-soft-deleted",
    "warn delete-with-policies",
  ]);
  expect(deleted(vault, facts)).toEqual(["refuse delete-with-instances", "warn delete-with-policies"]);
});

test("soft-deleted instances go with the vault in a generally available region, whatever the api-version", () => {
  const facts: Facts = { deleted: { value: [softDeleted] } };
  expect(deleted({ ...vault, location: "East Asia" }, facts, "2025-07-01")).toEqual([]);
  expect(deleted(vault, facts)).toEqual([]);
});

test("an immutable vault keeps what lies in it, and lets go of operational backups", () => {
  const operational = { ...protectedBy, dataStoreTypes: ["OperationalStore"] };
  const both = { ...protectedBy, dataStoreTypes: ["OperationalStore", "VaultStore"] };
  const locked = (instance: typeof protectedBy, immutability: string) =>
    deleted({ ...vault, immutability }, { protection: { value: [instance] } }).slice(1);
  expect(locked(operational, "Locked")).toEqual([]);
  expect(locked(both, "Locked")).toEqual(["refuse delete-locked-with-data"]);
  expect(locked(protectedBy, "Locked")).toEqual(["refuse delete-locked-with-data"]);
  expect(locked(protectedBy, "Unlocked")).toEqual(["refuse delete-locked-with-data"]);
  expect(locked(protectedBy, "Future")).toEqual(["undecided delete-locked-with-data"]);
  expect(locked(protectedBy, "Disabled")).toEqual([]);
});

test("an unlocked vault can still be made mutable before it is deleted", () => {
  const before = { ...vault, immutability: "Unlocked" };
  const verdict = verdictOf("delete-locked-with-data", { before, after: undefined, facts: holdings.protected });
  expect(verdict.remediation).toBe("Set `immutability` to Disabled first, which is still possible.");
});

test.each<[string, Facts, string[]]>([
  ["all is well with the key", {}, []],
  ["the key is gone", { oldKey: { value: "missing" } }, ["refuse delete-cmk-broken"]],
  ["its key vault is gone", { oldKeyVault: { value: "missing" } }, ["refuse delete-cmk-broken"]],
  ["its key vault cannot be read", { oldKeyVault: { unreadable: "403" } }, ["warn delete-cmk-broken"]],
  ["the key is not read", { oldKey: undefined }, ["undecided delete-cmk-broken"]],
])("deleting an encrypted vault when %s", (_, facts, verdicts) => {
  expect(deleted(encrypted, { ...goodKey, ...facts })).toEqual([...verdicts, "warn cmk-dependency-deleted-first"]);
});

test("an encrypted vault that lost its identity cannot be deleted", () => {
  expect(deleted({ ...encrypted, identity: undefined }, goodKey)).toContain("refuse delete-cmk-broken");
});

test("one or a thousand instances: the text stays short and its count right", () => {
  const instances = Array.from({ length: 1000 }, (_, i) => ({
    ...protectedBy,
    name: `disk-${String(i).padStart(4, "0")}`,
  }));
  const facts = { ...clear, protection: { value: instances } };
  expect(wording(verdictOf("delete-with-instances", { before: vault, after: undefined, facts }), "payroll")).toContain(
    "It holds 1000 backup instances: disk-0000 (ProtectionConfigured), disk-0001 (ProtectionConfigured), disk-0002 (ProtectionConfigured) and 997 more.",
  );
});
