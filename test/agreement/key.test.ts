import { allJudged, type Pair } from "./agreement.js";
import { type BothSides, bothSides, groupName } from "./bothSides.js";
import { systemPrincipal } from "./existingVault.js";
import type { ProgramVault } from "./programVault.js";
import { deviationsOf, tableOf } from "./tables.js";

let sides: BothSides;
let a: { id: string; principalId: string };

beforeAll(async () => {
  sides = await bothSides();
  const { id, properties } = sides.emulator.createUserAssignedIdentity(groupName, "id-a");
  a = { id, principalId: properties.principalId };
});
afterAll(() => sides.close());

interface Key {
  keyVault?: object;
  key?: object;
  attributes?: object;
  /** Rights by access policy; by role where absent. */
  rights?: string[];
  isGranted?: false;
  isDeleted?: true;
}

const allRights = ["get", "wrapKey", "unwrapKey"];

/** What may be with a key, its key vault and the rights on it. */
const keys: Record<string, Key> = {
  "RSA 2048": {},
  "RSA 3072": { key: { keySize: 3072 } },
  "RSA 4096": { key: { keySize: 4096 } },
  "RSA-HSM": { key: { kty: "RSA-HSM" } },
  EC: { key: { kty: "EC" } },
  "RSA 1024": { key: { keySize: 1024 } },
  disabled: { attributes: { enabled: false } },
  expired: { attributes: { exp: 1_600_000_000 } },
  "expires later": { attributes: { exp: 4_000_000_000 } },
  "not valid yet": { attributes: { nbf: 4_000_000_000 } },
  deleted: { isDeleted: true },
  "no soft delete": { keyVault: { enableSoftDelete: false } },
  "no purge protection": { keyVault: { enablePurgeProtection: undefined } },
  "no public network": { keyVault: { publicNetworkAccess: "Disabled" } },
  "some networks": { keyVault: { networkAcls: { defaultAction: "Deny" } } },
  "policy: all": { rights: ["all"] },
  "policy: get, wrap, unwrap": { rights: allRights },
  "policy: get, wrap": { rights: ["get", "wrapKey"] },
  "policy: get, unwrap": { rights: ["get", "unwrapKey"] },
  "policy: wrap, unwrap": { rights: ["wrapKey", "unwrapKey"] },
  "policy: none": { rights: [] },
  "no role": { isGranted: false },
};

let count = 0;
/** Makes a key vault with such a key; both identities get the rights. */
function keyUriOf({ keyVault, key, attributes, rights, isGranted, isDeleted }: Key): string {
  const { emulator } = sides;
  const principals = [a.principalId, systemPrincipal];
  const byPolicy = rights && {
    enableRbacAuthorization: false,
    accessPolicies: principals.map((objectId) => ({ tenantId: "t", objectId, permissions: { keys: rights } })),
  };
  const made = emulator.createKeyVault(groupName, `kv-${++count}`, { ...keyVault, ...byPolicy });
  const keyUri = emulator.createKey(made.id, "backup", key);
  if (isGranted !== false && !rights) for (const principal of principals) emulator.grant(made.id, principal);
  if (attributes) emulator.setKey(keyUri, attributes);
  if (isDeleted) emulator.setKey(keyUri, undefined);
  return keyUri;
}

const vaultWith = (keyUri: string, identity: string): ProgramVault => ({
  identities: [identity],
  encryption: { keyUri, identity },
});

test("a key is taken into use", async () => {
  const good = keyUriOf({});
  const pairs = Object.entries(keys).flatMap(([from, key]): Pair[] => {
    const keyUri = keyUriOf(key);
    return [
      { from, to: "new vault", after: vaultWith(keyUri, a.id) },
      { from, to: "first key, a", before: { identities: [a.id] }, after: vaultWith(keyUri, a.id) },
      { from, to: "first key, system", before: { identities: ["system"] }, after: vaultWith(keyUri, "system") },
      { from, to: "other key, a", before: vaultWith(good, a.id), after: vaultWith(keyUri, a.id) },
      {
        from,
        to: "same key, a",
        before: vaultWith(keyUri, a.id),
        after: { ...vaultWith(keyUri, a.id), immutability: "Unlocked" },
      },
    ];
  });
  const results = await allJudged(sides, pairs);
  expect(tableOf(results)).toBe(`
from \\ to                 | new vault | first key, a | first key, system | other key, a | same key, a
RSA 2048                  | -         | -            | -                 | -            | -
RSA 3072                  | -         | -            | -                 | -            | -
RSA 4096                  | -         | -            | -                 | -            | -
RSA-HSM                   | -         | -            | -                 | -            | -
EC                        | no        | no           | no                | no           | -
RSA 1024                  | no        | no           | no                | no           | -
disabled                  | no        | no           | no                | no           | -
expired                   | no        | no           | no                | no           | -
expires later             | -         | -            | -                 | -            | -
not valid yet             | no        | no           | no                | no           | -
deleted                   | no        | no           | no                | no           | -
no soft delete            | no        | no           | no                | no           | -
no purge protection       | no        | no           | no                | no           | -
no public network         | no        | no           | -                 | no           | -
some networks             | no        | no           | -                 | no           | -
policy: all               | -         | -            | -                 | -            | -
policy: get, wrap, unwrap | -         | -            | -                 | -            | -
policy: get, wrap         | late      | late         | late              | late         | -
policy: get, unwrap       | late      | late         | late              | late         | -
policy: wrap, unwrap      | late      | late         | late              | late         | -
policy: none              | late      | late         | late              | late         | -
no role                   | theirs    | theirs       | theirs            | theirs       | -
`);
  expect(deviationsOf(results)).toEqual({
    // Roles that cannot be seen, of groups for one, may grant it: what is not proven is not refused.
    "ours warns and writes, Azure cmk-access-missing or kek-identity-not-attached or cmk-key-type": [
      "no role -> new vault",
      "no role -> first key, a",
      "no role -> first key, system",
      "no role -> other key, a",
    ],
  });
});

test("a key is left, or the vault deleted, while that key is in a bad state", async () => {
  const good = keyUriOf({});
  const pairs = Object.entries(keys).flatMap(([from, key]): Pair[] => {
    const keyUri = keyUriOf(key);
    return [
      { from, to: "other key, a", before: vaultWith(keyUri, a.id), after: vaultWith(good, a.id) },
      { from, to: "other key, system", before: vaultWith(keyUri, "system"), after: vaultWith(good, "system") },
      { from, to: "deleted, a", before: vaultWith(keyUri, a.id) },
      { from, to: "deleted, system", before: vaultWith(keyUri, "system") },
      { from, to: "deleted without a", before: { ...vaultWith(keyUri, a.id), identities: [] } },
    ];
  });
  const results = await allJudged(sides, pairs);
  expect(tableOf(results)).toBe(`
from \\ to                 | other key, a | other key, system | deleted, a | deleted, system | deleted without a
RSA 2048                  | -            | -                 | -          | -               | no
RSA 3072                  | -            | -                 | -          | -               | no
RSA 4096                  | -            | -                 | -          | -               | no
RSA-HSM                   | -            | -                 | -          | -               | no
EC                        | -            | -                 | -          | -               | no
RSA 1024                  | -            | -                 | -          | -               | no
disabled                  | no           | no                | theirs     | theirs          | no
expired                   | -            | -                 | -          | -               | no
expires later             | -            | -                 | -          | -               | no
not valid yet             | -            | -                 | -          | -               | no
deleted                   | no           | no                | no         | no              | no
no soft delete            | -            | -                 | -          | -               | no
no purge protection       | -            | -                 | -          | -               | no
no public network         | -            | -                 | -          | -               | no
some networks             | -            | -                 | -          | -               | no
policy: all               | -            | -                 | -          | -               | no
policy: get, wrap, unwrap | -            | -                 | -          | -               | no
policy: get, wrap         | no           | no                | no         | no              | no
policy: get, unwrap       | -            | -                 | -          | -               | no
policy: wrap, unwrap      | no           | no                | no         | no              | no
policy: none              | no           | no                | no         | no              | no
no role                   | theirs       | theirs            | theirs     | theirs          | no
`);
  expect(deviationsOf(results)).toEqual({
    // As above, of the right to unwrap. Of a disabled key nobody says whether Azure deletes its vault.
    "ours warns and writes, Azure old-key-unreachable": ["no role -> other key, a", "no role -> other key, system"],
    "ours warns and writes, Azure delete-cmk-broken": [
      "disabled -> deleted, a",
      "disabled -> deleted, system",
      "no role -> deleted, a",
      "no role -> deleted, system",
    ],
  });
});
