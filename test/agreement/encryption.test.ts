import { allJudged, creationsOf, pairsOf, productOf, type States } from "./agreement.js";
import { type BothSides, bothSides, groupName } from "./bothSides.js";
import { systemPrincipal } from "./existingVault.js";
import type { ProgramVault } from "./programVault.js";
import { countsOf, deviationsOf, tableOf } from "./tables.js";

let sides: BothSides;
let states: ReturnType<typeof statesWith>;

beforeAll(async () => {
  sides = await bothSides();
  states = statesIn(sides);
});
afterAll(() => sides.close());

/** Two identities and two keys, which both of them and the vaults' own identity may use. */
function statesIn({ emulator }: BothSides) {
  const [a, b] = ["id-a", "id-b"].map((name) => emulator.createUserAssignedIdentity(groupName, name)) as [Made, Made];
  const keyVault = emulator.createKeyVault(groupName, "kv-payroll") as Made;
  for (const name of ["one", "two"]) emulator.createKey(keyVault.id, name);
  for (const principal of [a.properties.principalId, b.properties.principalId, systemPrincipal]) {
    emulator.grant(keyVault.id, principal);
  }
  return statesWith(a.id, b.id);
}

interface Made {
  id: string;
  properties: { principalId: string };
}

/**
 * `1a/ab`: key one, reached by the identity a, of a vault that has the identities a and b. `s` is the system-assigned
 * identity, `+` infrastructure encryption.
 */
function statesWith(a: string, b: string): { keyless: States; keyed: States } {
  const key = (name: string, identity: string, identities: string[], more: object = {}): ProgramVault => ({
    identities,
    encryption: { keyUri: `https://kv-payroll.vault.azure.net/keys/${name}`, identity, ...more },
  });
  const system = "system";
  const infrastructure = { infrastructureEncryption: "Enabled" };
  return {
    keyless: {
      "/": {},
      "/s": { identities: [system] },
      "/a": { identities: [a] },
      "/ab": { identities: [a, b] },
      "/sa": { identities: [system, a] },
    },
    keyed: {
      "1a/a": key("one", a, [a]),
      "1a/ab": key("one", a, [a, b]),
      "1b/ab": key("one", b, [a, b]),
      "1a/sa": key("one", a, [system, a]),
      "1s/sa": key("one", system, [system, a]),
      "1s/s": key("one", system, [system]),
      "2a/a": key("two", a, [a]),
      "2a/ab": key("two", a, [a, b]),
      "2b/ab": key("two", b, [a, b]),
      "2s/s": key("two", system, [system]),
      "1a/a+": key("one", a, [a], infrastructure),
      "2a/a+": key("two", a, [a], infrastructure),
      "1a/b": key("one", a, [b]),
      "1a/": key("one", a, []),
      "2a/b": key("two", a, [b]),
    },
  };
}

test("the identities of a vault without a customer-managed key", async () => {
  expect(tableOf(await allJudged(sides, productOf(states.keyless)))).toBe(`
from \\ to | / | /s | /a | /ab | /sa
new vault | - | -  | -  | -   | -
/         | - | -  | -  | -   | -
/s        | - | -  | -  | -   | -
/a        | - | -  | -  | -   | -
/ab       | - | -  | -  | -   | -
/sa       | - | -  | -  | -   | -
`);
});

test("a customer-managed key that is set or changed", async () => {
  const { keyless, keyed } = states;
  const results = await allJudged(sides, [...creationsOf(keyed), ...pairsOf({ ...keyless, ...keyed }, keyed)]);
  expect(tableOf(results)).toBe(`
from \\ to | 1a/a | 1a/ab | 1b/ab | 1a/sa | 1s/sa | 1s/s | 2a/a | 2a/ab | 2b/ab | 2s/s | 1a/a+ | 2a/a+ | 1a/b  | 1a/   | 2a/b
new vault | -    | -     | -     | -     | no    | no   | -    | -     | -     | no   | -     | -     | no    | no    | no
/         | -    | -     | -     | -     | late  | late | -    | -     | -     | late | no    | no    | late  | late  | late
/s        | -    | -     | -     | -     | -     | -    | -    | -     | -     | -    | no    | no    | late  | late  | late
/a        | -    | -     | -     | -     | late  | late | -    | -     | -     | late | no    | no    | no    | no    | no
/ab       | -    | -     | -     | -     | late  | late | -    | -     | -     | late | no    | no    | no    | no    | no
/sa       | -    | -     | -     | -     | -     | -    | -    | -     | -     | -    | no    | no    | no    | no    | no
1a/a      | -    | -     | -     | -     | late  | late | -    | no    | no    | no   | no    | no    | ours  | ours  | no
1a/ab     | -    | -     | -     | -     | late  | late | no   | -     | no    | no   | no    | no    | ours  | ours  | no
1b/ab     | -    | -     | -     | -     | late  | late | no   | no    | -     | no   | no    | no    | apart | apart | no
1a/sa     | -    | -     | -     | -     | -     | -    | no   | no    | no    | no   | no    | no    | ours  | ours  | no
1s/sa     | -    | -     | -     | -     | -     | -    | no   | no    | no    | no   | no    | no    | apart | apart | no
1s/s      | -    | -     | -     | -     | -     | -    | no   | no    | no    | -    | no    | no    | late  | late  | no
2a/a      | -    | no    | no    | no    | no    | no   | -    | -     | -     | late | no    | no    | no    | no    | ours
2a/ab     | no   | -     | no    | no    | no    | no   | -    | -     | -     | late | no    | no    | no    | no    | ours
2b/ab     | no   | no    | -     | no    | no    | no   | -    | -     | -     | late | no    | no    | no    | no    | apart
2s/s      | no   | no    | no    | no    | no    | -    | -    | -     | -     | -    | no    | no    | no    | no    | late
1a/a+     | no   | no    | no    | no    | no    | no   | no   | no    | no    | no   | -     | -     | no    | no    | no
2a/a+     | no   | no    | no    | no    | no    | no   | no   | no    | no    | no   | -     | -     | no    | no    | no
1a/b      | -    | -     | -     | -     | late  | late | no   | no    | no    | no   | no    | no    | -     | ours  | late
1a/       | -    | -     | -     | -     | late  | late | no   | no    | no    | no   | no    | no    | ours  | -     | no
2a/b      | no   | no    | no    | no    | no    | no   | -    | -     | -     | late | no    | no    | late  | no    | -
`);
  expect(deviationsOf(results)).toEqual({
    // Damage that Azure is not known to reject: "you must not disable it (even temporarily)".
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
    "ours kek-identity-removed, Azure makes it": [
      "1a/a -> 1a/b",
      "1a/a -> 1a/",
      "1a/ab -> 1a/b",
      "1a/ab -> 1a/",
      "1a/sa -> 1a/b",
      "1a/sa -> 1a/",
      "2a/a -> 2a/b",
      "2a/ab -> 2a/b",
    ],
    // Refused by both, under two names: an identity that leaves the vault is to reach the key.
    "ours kek-identity-removed, Azure kek-identity-not-attached": [
      "1b/ab -> 1a/b",
      "1b/ab -> 1a/",
      "1s/sa -> 1a/b",
      "1s/sa -> 1a/",
      "2b/ab -> 2a/b",
    ],
    // Inferred: a vault that has lost its key's identity gets it back before anything else. `accept` overrides it.
    "ours kek-identity-not-attached, Azure makes it": ["1a/b -> 1a/", "1a/ -> 1a/b"],
  });
});

// What Azure does with a PUT that leaves the encryption out is not known. We refuse it; the emulator lets it stay, or
// refuses it where it is strict.
test("a customer-managed key that is removed from the program", async () => {
  const removals = pairsOf(states.keyed, states.keyless);
  const results = await allJudged(sides, removals);
  expect(results.map(({ ours, azures }) => [ours[0], azures])).toEqual(removals.map(() => ["cmk-removed", []]));
});

test("a customer-managed key that is removed, where the emulator is strict", async () => {
  const strict = await bothSides({ strictEncryption: true });
  const { keyed, keyless } = statesIn(strict);
  const removals = pairsOf(keyed, keyless);
  const results = await allJudged(strict, removals);
  await strict.close();
  expect(countsOf(results)).toEqual({ "cmk-removed": removals.length });
});

test("states of the encryption that no argument says, by the rules alone", async () => {
  const { keyUri, identity } = states.keyed["1a/a"]?.encryption ?? {};
  const { identities } = states.keyed["1a/a"] ?? {};
  const key = { keyUri, identity };
  const possible: States = {
    absent: { identities },
    Disabled: { identities, encryption: { state: "Disabled" } },
    Enabled: { identities, encryption: { state: "Enabled", ...key } },
    Inconsistent: { identities, encryption: { state: "Inconsistent", ...key } },
  };
  const wanted: States = {
    Disabled: { identities, encryption: { state: "Disabled" } },
    "Disabled with key": { identities, encryption: { state: "Disabled", ...key } },
    Enabled: { identities, encryption: { state: "Enabled", ...key } },
    "without identity": { identities, encryption: { state: "Enabled", keyUri } },
    "infrastructure only": { identities, encryption: { state: "Disabled", infrastructureEncryption: "Enabled" } },
  };
  // None of these vaults is AlwaysOn, which newer versions ask for.
  const more = { apiVersion: "2025-07-01" };
  const results = await allJudged(sides, [...creationsOf(wanted, more), ...pairsOf(possible, wanted, more)]);
  expect(tableOf(results)).toBe(`
from \\ to    | Disabled | Disabled with key | Enabled | without identity | infrastructure only
new vault    | -        | -                 | -       | no               | no
absent       | -        | -                 | -       | no               | no
Disabled     | -        | -                 | -       | no               | no
Enabled      | no       | no                | -       | no               | no
Inconsistent | no       | no                | -       | no               | no
`);
});
