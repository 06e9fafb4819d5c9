import { tableOf } from "./protectionCells.js";
import { shares, vaultedShares } from "./protectionOfItems.js";
import { beginWorlds, endWorlds } from "./protectionWorld.js";

/*
 * File shares, as protection.test.ts has machines, with its words. Immutability is about what is stored in the vault, and not about
 * snapshots in the storage account; a share that has stopped has no policy that says which it is.
 */

beforeAll(beginWorlds);
afterAll(endWorlds);

const plain = `
from \\ to    | new  | adopt | undelete | resume | longer | shorter | source | stop | suspend | delete
none         | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
protected    | ours | idle  | idle     | idle   | -      | -       | no     | -    | late    | -
stopped      | ours | -     | -        | -      | -      | -       | no     | idle | idle    | -
suspended    | ours | -     | -        | -      | -      | -       | no     | -    | idle    | -
soft-deleted | no   | no    | -        | late   | late   | late    | no     | idle | idle    | idle
elsewhere    | no   | no    | no       | late   | late   | late    | no     | idle | idle    | idle
`;
const guarded = `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | late    | -
stopped      | -        | -      | ours    | idle | idle    | -
suspended    | -        | -      | no      | -    | idle    | -
soft-deleted | -        | late   | no      | idle | idle    | idle
`;
const snapshotsInImmutable = `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | -
stopped      | -        | -      | -       | idle | idle    | late
suspended    | -        | -      | -       | -    | idle    | -
soft-deleted | -        | late   | late    | idle | idle    | idle
`;
const vaultedInImmutable = `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | -       | late
stopped      | -        | -      | ours    | idle | idle    | late
suspended    | -        | -      | no      | -    | idle    | late
soft-deleted | -        | late   | no      | idle | idle    | idle
`;

test.each([
  ["snapshots", "plain", shares, plain],
  ["snapshots", "guarded", shares, guarded],
  ["snapshots", "immutable", shares, snapshotsInImmutable],
  ["snapshots", "locked", shares, snapshotsInImmutable],
  ["backups in the vault", "plain", vaultedShares, plain],
  ["backups in the vault", "guarded", vaultedShares, guarded],
  ["backups in the vault", "immutable", vaultedShares, vaultedInImmutable],
  ["backups in the vault", "locked", vaultedShares, vaultedInImmutable],
] as const)("%s of file shares, %s", async (_, vault, kind, expected) => {
  expect(await tableOf(kind, vault)).toBe(expected);
});
