import type { Vault } from "../../provider/vaults/ruleVault.js";
import {
  recovery,
  recoveryEncrypted,
  recoveryHoldings,
  recoveryKey,
  recoveryProduct,
  recoveryVault,
} from "./recoveryTransitions.js";
import { codes, userAssigned } from "./transitions.js";

// As in stateMachines.test.ts. The first row is a new vault.

const immutability = (proposed?: object) =>
  recoveryProduct(
    /immutability-(locked|skips)|one-way/,
    ["Disabled", "Unlocked", "Locked"],
    (immutability) => ({ ...recoveryVault, immutability }),
    proposed,
  );

test("immutability in one request: Locked comes after Unlocked, and nothing leads out of it", () => {
  expect(immutability()).toBe(`
from \\ to | Disabled  | Unlocked  | Locked                 | absent    | unknown                 | Future
new vault | -         | -         | refuse, no way back    | -         | undecided, perhaps none | undecided
Disabled  | -         | -         | refuse, no way back    | -         | undecided, perhaps none | undecided
Unlocked  | -         | -         | no way back            | -         | perhaps none            | undecided
Locked    | refuse    | refuse    | -                      | refuse    | undecided               | undecided
absent    | -         | -         | refuse, no way back    | -         | undecided, perhaps none | undecided
unknown   | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | undecided
Future    | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
});

test("immutability in steps: Locked can be asked for at once", () => {
  expect(immutability({ multiRequestWrites: true })).toBe(`
from \\ to | Disabled  | Unlocked  | Locked                 | absent    | unknown                 | Future
new vault | -         | -         | no way back            | -         | perhaps none            | undecided
Disabled  | -         | -         | no way back            | -         | perhaps none            | undecided
Unlocked  | -         | -         | no way back            | -         | perhaps none            | undecided
Locked    | refuse    | refuse    | -                      | refuse    | undecided               | undecided
absent    | -         | -         | no way back            | -         | perhaps none            | undecided
unknown   | undecided | undecided | no way back            | undecided | undecided, perhaps none | undecided
Future    | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
});

test("soft delete: a vault is always on or comes to it, and nothing leads out of that", () => {
  const table = recoveryProduct(/soft-delete-(off|not)|one-way/, ["Disabled", "Enabled", "AlwaysON"], (state) => ({
    ...recoveryVault,
    softDelete: { ...recoveryVault.softDelete, state },
  }));
  expect(table).toBe(`
from \\ to | Disabled  | Enabled   | AlwaysON               | absent                 | unknown                 | Future
new vault | refuse    | refuse    | -                      | -                      | undecided               | undecided
Disabled  | -         | refuse    | no way back            | no way back            | undecided, perhaps none | undecided
Enabled   | refuse    | -         | no way back            | no way back            | undecided, perhaps none | undecided
AlwaysON  | refuse    | refuse    | -                      | -                      | undecided               | undecided
absent    | refuse    | refuse    | -                      | -                      | undecided               | undecided
unknown   | undecided | undecided | no way back            | no way back            | undecided, perhaps none | undecided
Future    | undecided | undecided | undecided, no way back | undecided, no way back | undecided, perhaps none | -
`);
});

test("enhanced security: the same as soft delete", () => {
  const table = recoveryProduct(
    /soft-delete-(off|not)/,
    ["Disabled", "Enabled", "AlwaysON"],
    (enhancedSecurityState) => ({
      ...recoveryVault,
      softDelete: { ...recoveryVault.softDelete, enhancedSecurityState },
    }),
  );
  expect(table).toBe(`
from \\ to | Disabled  | Enabled   | AlwaysON  | absent    | unknown   | Future
new vault | refuse    | refuse    | -         | -         | undecided | undecided
Disabled  | -         | refuse    | -         | -         | undecided | undecided
Enabled   | refuse    | -         | -         | -         | undecided | undecided
AlwaysON  | refuse    | refuse    | -         | -         | undecided | undecided
absent    | refuse    | refuse    | -         | -         | undecided | undecided
unknown   | undecided | undecided | -         | -         | undecided | undecided
Future    | undecided | undecided | undecided | undecided | undecided | -
`);
});

test("cross-subscription restore: nothing leads out of PermanentlyDisabled", () => {
  const table = recoveryProduct(
    /csr|one-way/,
    ["Enabled", "Disabled", "PermanentlyDisabled"],
    (crossSubscriptionRestore) => ({ ...recoveryVault, crossSubscriptionRestore }),
  );
  expect(table).toBe(`
from \\ to           | Enabled   | Disabled  | PermanentlyDisabled    | absent    | unknown                 | Future
new vault           | -         | -         | no way back            | -         | perhaps none            | undecided
Enabled             | -         | -         | no way back            | -         | perhaps none            | undecided
Disabled            | -         | -         | no way back            | -         | perhaps none            | undecided
PermanentlyDisabled | refuse    | refuse    | -                      | refuse    | undecided               | undecided
absent              | -         | -         | no way back            | -         | perhaps none            | undecided
unknown             | undecided | undecided | no way back            | undecided | undecided, perhaps none | undecided
Future              | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
});

const redundancy = (facts: object) =>
  recoveryProduct(
    /redundancy/,
    ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    (redundancy) => ({ ...recoveryVault, redundancy }),
    { facts },
  );

test("redundancy while the storage type is unlocked: everything is allowed", () => {
  expect(redundancy(recoveryHoldings.empty)).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant | absent    | unknown   | Future
new vault        | -                | -             | -            | -         | -         | undecided
LocallyRedundant | -                | -             | -            | -         | -         | undecided
ZoneRedundant    | -                | -             | -            | -         | -         | undecided
GeoRedundant     | -                | -             | -            | -         | -         | undecided
absent           | -                | -             | -            | -         | -         | undecided
unknown          | -                | -             | -            | -         | -         | undecided
Future           | undecided        | undecided     | undecided    | undecided | undecided | -
`);
});

test("redundancy once anything was registered, also where nothing is any more: nothing is allowed", () => {
  expect(redundancy(recoveryHoldings["once registered"])).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant | absent    | unknown   | Future
new vault        | -                | -             | -            | -         | -         | undecided
LocallyRedundant | -                | refuse        | refuse       | refuse    | undecided | undecided
ZoneRedundant    | refuse           | -             | refuse       | refuse    | undecided | undecided
GeoRedundant     | refuse           | refuse        | -            | -         | undecided | undecided
absent           | refuse           | refuse        | -            | -         | undecided | undecided
unknown          | undecided        | undecided     | undecided    | undecided | undecided | undecided
Future           | undecided        | undecided     | undecided    | undecided | undecided | -
`);
});

test.each(["not read", "unreadable"] as const)(
  "redundancy while the storage type is %s: nothing is decided",
  (what) => {
    expect(redundancy(recoveryHoldings[what])).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant | absent    | unknown   | Future
new vault        | -                | -             | -            | -         | -         | undecided
LocallyRedundant | -                | undecided     | undecided    | undecided | undecided | undecided
ZoneRedundant    | undecided        | -             | undecided    | undecided | undecided | undecided
GeoRedundant     | undecided        | undecided     | -            | -         | undecided | undecided
absent           | undecided        | undecided     | -            | -         | undecided | undecided
unknown          | undecided        | undecided     | undecided    | undecided | undecided | undecided
Future           | undecided        | undecided     | undecided    | undecided | undecided | -
`);
  },
);

test("cross-region restore without a redundancy: Azure's own is GeoRedundant, at creation and after it", () => {
  const on: Vault = { ...recoveryVault, redundancy: undefined, crossRegionRestore: "Enabled" };
  expect(codes(recovery({ after: on }))).toEqual([]);
  const before = { ...on, crossRegionRestore: "Disabled" };
  expect(codes(recovery({ before, after: on, facts: recoveryHoldings.empty }))).toEqual([]);
  const local = { ...on, redundancy: "LocallyRedundant" };
  expect(codes(recovery({ after: local }))).toEqual(["refuse rsv-crr-needs-geo"]);
});

const crossRegionRestore = (facts: object) =>
  recoveryProduct(
    /crr/,
    ["Disabled", "Enabled"],
    (crossRegionRestore) => ({ ...recoveryVault, redundancy: "GeoRedundant", crossRegionRestore }),
    { facts },
  );

test("cross-region restore of a vault without items: everything is allowed", () => {
  expect(crossRegionRestore(recoveryHoldings.empty)).toBe(`
from \\ to | Disabled  | Enabled   | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Disabled  | -         | -         | -         | -         | undecided
Enabled   | -         | -         | -         | -         | undecided
absent    | -         | -         | -         | -         | undecided
unknown   | -         | -         | -         | -         | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
});

test.each(["protected", "soft-deleted only"] as const)(
  "cross-region restore of a vault with items, %s: it stays on",
  (what) => {
    expect(crossRegionRestore(recoveryHoldings[what])).toBe(`
from \\ to | Disabled  | Enabled   | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Disabled  | -         | -         | -         | -         | undecided
Enabled   | refuse    | -         | refuse    | undecided | undecided
absent    | -         | -         | -         | -         | undecided
unknown   | undecided | -         | undecided | undecided | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
  },
);

test.each(["not read", "unreadable"] as const)(
  "cross-region restore of a vault whose items are %s: turning it off is not decided",
  (what) => {
    expect(crossRegionRestore(recoveryHoldings[what])).toBe(`
from \\ to | Disabled  | Enabled   | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Disabled  | -         | -         | -         | -         | undecided
Enabled   | undecided | -         | undecided | undecided | undecided
absent    | -         | -         | -         | -         | undecided
unknown   | undecided | -         | undecided | undecided | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
  },
);

const key = (facts: object) =>
  recoveryProduct(
    /cmk-(after|removed)|one-way/,
    ["https://payroll.vault.azure.net/keys/first"],
    (keyUri) => ({ ...recoveryEncrypted, encryption: { keyUri, identity: userAssigned } }),
    { facts: { ...recoveryKey, ...facts } },
  );

test("the key of a vault with which nothing was ever registered: it may come, and never go", () => {
  expect(key(recoveryHoldings.empty)).toBe(`
from \\ to                                  | https://payroll.vault.azure.net/keys/first | absent | unknown      | Future
new vault                                  | no way back                                | -      | perhaps none | no way back
https://payroll.vault.azure.net/keys/first | -                                          | refuse | -            | -
absent                                     | no way back                                | -      | perhaps none | no way back
unknown                                    | -                                          | refuse | -            | -
Future                                     | -                                          | refuse | -            | -
`);
});

test.each(["protected", "soft-deleted only", "registered", "once registered"] as const)(
  "the key of a vault with something %s: it comes no more, and may change where there is one",
  (what) => {
    expect(key(recoveryHoldings[what])).toBe(`
from \\ to                                  | https://payroll.vault.azure.net/keys/first | absent | unknown              | Future
new vault                                  | no way back                                | -      | perhaps none         | no way back
https://payroll.vault.azure.net/keys/first | -                                          | refuse | -                    | -
absent                                     | no way back, refuse                        | -      | perhaps none, refuse | no way back, refuse
unknown                                    | -                                          | refuse | -                    | -
Future                                     | -                                          | refuse | -                    | -
`);
  },
);

test.each(["not read", "unreadable"] as const)(
  "the key of a vault whose registrations are %s: whether it may come is not decided",
  (what) => {
    expect(key(recoveryHoldings[what])).toBe(`
from \\ to                                  | https://payroll.vault.azure.net/keys/first | absent | unknown                 | Future
new vault                                  | no way back                                | -      | perhaps none            | no way back
https://payroll.vault.azure.net/keys/first | -                                          | refuse | -                       | -
absent                                     | no way back, undecided                     | -      | perhaps none, undecided | no way back, undecided
unknown                                    | -                                          | refuse | -                       | -
Future                                     | -                                          | refuse | -                       | -
`);
  },
);

test("infrastructure encryption: it is chosen with the first key", () => {
  const withKey = recoveryProduct(/infrastructure/, ["Enabled", "Disabled"], (infrastructureEncryption) => ({
    ...recoveryEncrypted,
    encryption: { ...recoveryEncrypted.encryption, infrastructureEncryption },
  }));
  expect(withKey).toBe(`
from \\ to | Enabled   | Disabled  | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Enabled   | -         | refuse    | refuse    | undecided | undecided
Disabled  | refuse    | -         | -         | undecided | undecided
absent    | refuse    | -         | -         | undecided | undecided
unknown   | undecided | undecided | undecided | undecided | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
  const withoutKey = recoveryProduct(/infrastructure/, ["Enabled", "Disabled"], (infrastructureEncryption) => ({
    ...recoveryVault,
    encryption: { infrastructureEncryption },
  }));
  expect(withoutKey).toBe(`
from \\ to | Enabled   | Disabled  | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Enabled   | -         | -         | -         | -         | undecided
Disabled  | -         | -         | -         | -         | undecided
absent    | -         | -         | -         | -         | undecided
unknown   | -         | -         | -         | -         | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
});
