import { encrypted, holdings, product, vault } from "./transitions.js";

// `absent` is a setting that the program leaves out, `unknown` one that is not known before `up`, `Future` a value that
// Azure may have one day. The first row is a new vault.

test("immutability: nothing leads out of Locked", () => {
  const table = product(/^immutability-locked$|^one-way/, ["Disabled", "Unlocked", "Locked"], (immutability) => ({
    ...vault,
    immutability,
  }));
  expect(table).toBe(`
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
const softDelete = (state: string) => ({ ...vault, softDelete: { state, retentionDurationInDays: 14 } });

test("soft delete: nothing leads out of AlwaysOn, and newer api-versions have no Off", () => {
  const table = product(/^soft-delete-(always-on|off)|^one-way/, ["Off", "On", "AlwaysOn"], softDelete, {
    apiVersion: "2026-06-01",
  });
  expect(table).toBe(`
from \\ to | Off       | On        | AlwaysOn               | absent    | unknown                 | Future
new vault | refuse    | -         | no way back            | -         | undecided, perhaps none | undecided
Off       | -         | -         | no way back            | -         | perhaps none            | undecided
On        | refuse    | -         | no way back            | -         | undecided, perhaps none | undecided
AlwaysOn  | refuse    | refuse    | -                      | refuse    | undecided               | undecided
absent    | refuse    | -         | no way back            | -         | undecided, perhaps none | undecided
unknown   | undecided | undecided | no way back            | undecided | undecided, perhaps none | undecided
Future    | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
});

test("soft delete: an older api-version turns it off outside the generally available regions", () => {
  const table = product(/^soft-delete-(always-on|off)|^one-way/, ["Off", "On", "AlwaysOn"], softDelete, {
    apiVersion: "2025-07-01",
  });
  expect(table).toBe(`
from \\ to | Off       | On        | AlwaysOn               | absent    | unknown                 | Future
new vault | -         | -         | no way back            | -         | perhaps none            | undecided
Off       | -         | -         | no way back            | -         | perhaps none            | undecided
On        | warn      | -         | no way back            | -         | perhaps none            | undecided
AlwaysOn  | refuse    | refuse    | -                      | refuse    | undecided               | undecided
absent    | warn      | -         | no way back            | -         | perhaps none            | undecided
unknown   | undecided | undecided | no way back            | undecided | undecided, perhaps none | undecided
Future    | undecided | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
});

test("cross-subscription restore: nothing leads out of PermanentlyDisabled", () => {
  const values = ["Enabled", "Disabled", "PermanentlyDisabled"];
  const table = product(/^csr|^one-way/, values, (crossSubscriptionRestore) => ({
    ...vault,
    crossSubscriptionRestore,
  }));
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

test("customer-managed key: nothing leads back to the platform's keys", () => {
  const values = ["Enabled", "Disabled", "Inconsistent"];
  const table = product(/^cmk-(disabled|removed)$|^one-way/, values, (state) =>
    state === undefined
      ? { ...encrypted, encryption: undefined }
      : { ...encrypted, encryption: { ...encrypted.encryption, state } },
  );
  expect(table).toBe(`
from \\ to    | Enabled                | Disabled  | Inconsistent           | absent    | unknown                 | Future
new vault    | no way back            | -         | no way back            | -         | perhaps none            | undecided
Enabled      | -                      | refuse    | -                      | refuse    | undecided               | undecided
Disabled     | no way back            | -         | no way back            | -         | perhaps none            | undecided
Inconsistent | -                      | refuse    | -                      | refuse    | undecided               | undecided
absent       | no way back            | -         | no way back            | -         | perhaps none            | undecided
unknown      | no way back            | undecided | no way back            | undecided | perhaps none, undecided | undecided
Future       | no way back, undecided | undecided | no way back, undecided | undecided | perhaps none, undecided | -
`);
});

test("infrastructure encryption: an existing vault keeps what it has", () => {
  const table = product(/^infrastructure/, ["Enabled", "Disabled"], (infrastructureEncryption) => ({
    ...encrypted,
    encryption: { ...encrypted.encryption, infrastructureEncryption },
  }));
  expect(table).toBe(`
from \\ to | Enabled   | Disabled  | absent    | unknown   | Future
new vault | -         | -         | -         | -         | undecided
Enabled   | -         | refuse    | refuse    | undecided | undecided
Disabled  | refuse    | -         | -         | undecided | undecided
absent    | refuse    | -         | -         | undecided | undecided
unknown   | undecided | undecided | undecided | undecided | undecided
Future    | undecided | undecided | undecided | undecided | -
`);
});

const redundancy = (facts: object) =>
  product(
    /^redundancy/,
    ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    (redundancy) => ({ ...vault, redundancy }),
    { facts },
  );

test("redundancy of an empty vault: everything is allowed", () => {
  expect(redundancy(holdings.empty)).toBe(`
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

test.each(["protected", "soft-deleted only"] as const)(
  "redundancy of a vault with instances, %s: nothing is allowed",
  (what) => {
    expect(redundancy(holdings[what])).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant | absent    | unknown   | Future
new vault        | -                | -             | -            | -         | -         | undecided
LocallyRedundant | -                | refuse        | refuse       | refuse    | undecided | undecided
ZoneRedundant    | refuse           | -             | refuse       | refuse    | undecided | undecided
GeoRedundant     | refuse           | refuse        | -            | refuse    | undecided | undecided
absent           | refuse           | refuse        | refuse       | -         | undecided | undecided
unknown          | undecided        | undecided     | undecided    | undecided | undecided | undecided
Future           | undecided        | undecided     | undecided    | undecided | undecided | -
`);
  },
);

test.each(["not read", "unreadable"] as const)(
  "redundancy of a vault whose instances are %s: nothing is decided",
  (what) => {
    expect(redundancy(holdings[what])).toBe(`
from \\ to        | LocallyRedundant | ZoneRedundant | GeoRedundant | absent    | unknown   | Future
new vault        | -                | -             | -            | -         | -         | undecided
LocallyRedundant | -                | undecided     | undecided    | undecided | undecided | undecided
ZoneRedundant    | undecided        | -             | undecided    | undecided | undecided | undecided
GeoRedundant     | undecided        | undecided     | -            | undecided | undecided | undecided
absent           | undecided        | undecided     | undecided    | -         | undecided | undecided
unknown          | undecided        | undecided     | undecided    | undecided | undecided | undecided
Future           | undecided        | undecided     | undecided    | undecided | undecided | -
`);
  },
);

test("cross-region restore: nothing leads out of Enabled, whatever the vault holds", () => {
  for (const facts of Object.values(holdings)) {
    const table = product(
      /^crr-after|^one-way/,
      ["Disabled", "Enabled"],
      (crossRegionRestore) => ({ ...vault, redundancy: "GeoRedundant", crossRegionRestore }),
      { facts },
    );
    expect(table).toBe(`
from \\ to | Disabled  | Enabled                | absent    | unknown                 | Future
new vault | -         | no way back            | -         | perhaps none            | undecided
Disabled  | -         | no way back            | -         | perhaps none            | undecided
Enabled   | refuse    | -                      | refuse    | undecided               | undecided
absent    | -         | no way back            | -         | perhaps none            | undecided
unknown   | undecided | no way back            | undecided | undecided, perhaps none | undecided
Future    | undecided | undecided, no way back | undecided | undecided, perhaps none | -
`);
  }
});
