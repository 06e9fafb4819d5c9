import type { Facts } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { codes, encrypted, goodKey, holdings, softDeleted, vault } from "./transitions.js";

const unlocked = { ...vault, immutability: "Unlocked" };

test("Azure's spelling makes no difference", () => {
  const shouted: Vault = {
    ...vault,
    location: "West Europe",
    redundancy: "LOCALLYREDUNDANT",
    softDelete: { state: "ON", retentionDurationInDays: 14 },
    immutability: "disabled",
  };
  expect(codes({ before: shouted, after: vault })).toEqual([]);
  expect(codes({ before: { ...vault, immutability: "LOCKED" }, after: vault })).toEqual(["refuse immutability-locked"]);
  expect(codes({ before: vault, after: { ...vault, softDelete: { state: "alwayson" } } })).toContain(
    "warn one-way-change",
  );
});

test("what was never set is what Azure does without it", () => {
  const bare: Vault = { vaultName: "payroll", location: "westeurope", redundancy: "LocallyRedundant" };
  const spelled = { ...bare, softDelete: { state: "On", retentionDurationInDays: 14 }, immutability: "Disabled" };
  const whole = { ...spelled, crossRegionRestore: "Disabled", crossSubscriptionRestore: "Enabled", identity: {} };
  expect(codes({ before: bare, after: whole })).toEqual([]);
  expect(codes({ before: whole, after: bare })).toEqual([]);
});

test("locking is a risk only for a vault whose immutability was never set", () => {
  const locked = { ...vault, immutability: "Locked" };
  expect(codes({ before: vault, after: locked })).toEqual(["warn one-way-change"]);
  expect(codes({ before: { ...vault, immutability: undefined }, after: locked })).toEqual([
    "warn immutability-never-set-locked",
    "warn one-way-change",
  ]);
});

test.each([
  ["InProgress", "refuse update-while-moving"],
  ["inprogress", "refuse update-while-moving"],
  ["Future", "undecided update-while-moving"],
])("a vault whose move is %s is neither changed nor deleted", (resourceMoveState, verdict) => {
  const before = { ...vault, resourceMoveState };
  expect(codes({ before, after: unlocked })).toEqual([verdict]);
  const facts: Facts = { ...holdings.empty, policies: { value: [] } };
  expect(codes({ before, after: undefined, facts })).toEqual([verdict]);
});

test("a vault whose move is not known is not known to be writable", () => {
  const before = { ...vault, resourceMoveState: unknown } as Vault;
  expect(codes({ before, after: unlocked })).toEqual(["undecided update-while-moving"]);
});

test("a vault that is being moved is not written, whatever the write is about, and refuses no write that is none", () => {
  const before = { ...vault, resourceMoveState: "InProgress" };
  expect(codes({ before, after: vault })).toEqual(["refuse update-while-moving"]);
  expect(codes({ before, after: vault, writes: false })).toEqual([]);
});

test.each(["MoveSucceeded", "PrepareFailed", "Unknown"])("a vault whose move is %s is", (resourceMoveState) => {
  expect(codes({ before: { ...vault, resourceMoveState }, after: unlocked })).toEqual([]);
});

test("an inconsistent encryption is announced with whatever else changes", () => {
  const before = { ...encrypted, encryption: { ...encrypted.encryption, state: "Inconsistent" } };
  expect(codes({ before, after: encrypted, facts: goodKey })).toEqual(["warn encryption-inconsistent"]);
  const after = { ...before, immutability: "Unlocked" };
  expect(codes({ before, after })).toEqual(["warn encryption-inconsistent"]);
});

test("infrastructure encryption without a key is judged when it is asked for", () => {
  const alone = { ...vault, encryption: { infrastructureEncryption: "Enabled" } };
  expect(codes({ after: alone })).toEqual(["warn one-way-change", "refuse infrastructure-encryption-needs-cmk"]);
  expect(codes({ before: alone, after: { ...alone, immutability: "Unlocked" } })).toEqual([]);
});

test("an unknown identity for the key removes none while none leaves", () => {
  const after = { ...encrypted, encryption: { ...encrypted.encryption, identity: unknown } } as Vault;
  expect(codes({ before: encrypted, after }).filter((verdict) => verdict.includes("removed"))).toEqual([]);
});

test.each([
  ["Microsoft.Compute/disks", ["OperationalStore"], ["warn operational-backups-left"]],
  ["Microsoft.Storage/storageAccounts/blobServices", undefined, ["warn operational-backups-left"]],
  ["Microsoft.Storage/storageAccounts/blobServices", ["VaultStore"], []],
  ["Microsoft.DBforPostgreSQL/servers", ["OperationalStore"], []],
])("deleting a vault with %s in %j", (datasourceType, dataStoreTypes, verdicts) => {
  const deleted = { value: [{ ...softDeleted, datasourceType, dataStoreTypes }] };
  const facts: Facts = { protection: { value: [] }, deleted, policies: { value: [] } };
  expect(codes({ before: vault, after: undefined, facts })).toEqual(verdicts);
});

test("at the deletion itself it is too late to speak of its order", () => {
  const facts: Facts = { ...goodKey, ...holdings.empty, policies: { value: [] } };
  expect(codes({ before: encrypted, after: undefined, facts, when: "write" })).toEqual([]);
});

test.each(["OperationalStore", "vaultstore"])("a new vault may have a %s", (datastoreType) => {
  expect(codes({ after: { ...vault, datastoreType } })).toEqual([]);
});

test("a new vault has no snapshot store, no archive alone, and no store that nobody knows", () => {
  expect(codes({ after: { ...vault, datastoreType: "snapshotstore" } })).toEqual(["refuse datastore-snapshot-store"]);
  expect(codes({ after: { ...vault, datastoreType: "FutureStore" } })).toEqual(["undecided datastore-snapshot-store"]);
  expect(codes({ after: { ...vault, datastoreType: "archivestore" } })).toEqual([
    "refuse datastore-archive-store-alone",
  ]);
  expect(codes({ after: { ...vault, datastoreType: unknown } })).toEqual(["undecided datastore-snapshot-store"]);
});
