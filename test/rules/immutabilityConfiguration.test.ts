import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { recovery, recoveryVault } from "./recoveryTransitions.js";
import { codes } from "./transitions.js";

const vault = (immutability: unknown, type?: unknown, durationInDays?: unknown): Vault =>
  ({ ...recoveryVault, immutability, immutabilityConfiguration: { type, durationInDays } }) as Vault;

const configuration = (before: Vault | undefined, after: Vault) =>
  codes(recovery({ before, after })).filter((code) => /rsv-immutability-(duration|configuration)/.test(code));

const duration = "rsv-immutability-duration";
const unused = "rsv-immutability-configuration-unused";
const locked = "rsv-immutability-configuration-locked";

test.each([
  ["TimeBased", 30, []],
  ["timebased", 36_135, []],
  ["TimeBased", 29, [`refuse ${duration}`]],
  ["TimeBased", 36_136, [`refuse ${duration}`]],
  ["TimeBased", undefined, [`refuse ${duration}`]],
  ["TimeBased", null, [`refuse ${duration}`]],
  ["AsPerPolicy", undefined, []],
  ["AsPerPolicy", 60, [`refuse ${duration}`]],
  // Azure's default is AsPerPolicy.
  [undefined, 60, [`refuse ${duration}`]],
  [undefined, undefined, []],
  ["Future", 60, [`undecided ${duration}`]],
  [unknown, 60, [`undecided ${duration}`]],
  [unknown, 29, [`refuse ${duration}`]],
  ["TimeBased", unknown, [`undecided ${duration}`]],
  ["AsPerPolicy", unknown, [`undecided ${duration}`]],
])("an immutable vault is created with the type %p and %p days: %j", (type, days, verdicts) => {
  expect(configuration(undefined, vault("Unlocked", type, days))).toEqual(verdicts);
});

test("a vault is not judged for the configuration that it has", () => {
  const before = vault("Unlocked", "AsPerPolicy", 5);
  expect(configuration(before, { ...before, immutability: "Locked" })).toEqual([]);
  const odd = vault("Disabled", "TimeBased", 60);
  expect(configuration(odd, { ...odd, redundancy: "GeoRedundant" })).toEqual([]);
});

test.each([
  ["Disabled", [`refuse ${unused}`]],
  [undefined, [`refuse ${unused}`]],
  [unknown, [`undecided ${unused}`]],
  ["Unlocked", []],
])("a configuration together with immutability %p: %j", (immutability, verdicts) => {
  expect(configuration(undefined, vault(immutability, "AsPerPolicy"))).toEqual(verdicts);
  expect(configuration(recoveryVault, vault(immutability, "AsPerPolicy"))).toEqual(verdicts);
});

test("immutability that is disabled takes its configuration with it", () => {
  const before = vault("Unlocked", "TimeBased", 60);
  expect(configuration(before, { ...before, immutability: "Disabled" })).toEqual([`refuse ${unused}`]);
  expect(configuration(before, recoveryVault)).toEqual([]);
});

test.each([
  [["TimeBased", 60], ["TimeBased", 59], [`refuse ${locked}`]],
  [["TimeBased", 60], ["AsPerPolicy"], [`refuse ${locked}`]],
  [["TimeBased", 60], ["TimeBased", 61], [`warn ${locked}`]],
  [["AsPerPolicy"], ["TimeBased", 60], [`warn ${locked}`]],
  [["TimeBased", 60], ["TimeBased", 60], []],
  [["AsPerPolicy"], [], []],
  [
    ["TimeBased", 60],
    ["TimeBased", unknown],
    [`undecided ${duration}`, `undecided ${locked}`],
  ],
  [[unknown, unknown], ["TimeBased", 60], [`undecided ${locked}`]],
])("the configuration of a locked vault, from %p to %p: %j", (from, to, verdicts) => {
  expect(configuration(vault("Locked", ...from), vault("Locked", ...to))).toEqual(verdicts);
});

test("the configuration of an unlocked vault may change in both directions", () => {
  expect(configuration(vault("Unlocked", "TimeBased", 60), vault("Unlocked", "TimeBased", 30))).toEqual([]);
  expect(configuration(vault("Unlocked", "TimeBased", 60), vault("Unlocked", "AsPerPolicy"))).toEqual([]);
});

test("a locked vault keeps a configuration that the program no longer sets", () => {
  const after = { ...recoveryVault, immutability: "Locked" };
  expect(configuration(vault("Locked", "TimeBased", 60), after)).toEqual([]);
});
