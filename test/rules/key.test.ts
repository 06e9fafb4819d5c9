import type { Facts, Key } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { recovery, recoveryEncrypted, recoveryKey } from "./recoveryTransitions.js";
import { codes, encrypted, goodKey, judged, userAssigned, vault } from "./transitions.js";

const now = 1_800_000_000;
const announced = ["warn one-way-change", "warn cmk-user-identity-private-endpoint"];

/** What is said about a new vault with a key, besides what is said about every such vault. */
const applied = (facts: Facts, when: "plan" | "write" = "plan") =>
  codes({ after: encrypted, facts: { ...goodKey, ...facts }, when, now }).filter((each) => !announced.includes(each));
const keyOf = (change: Partial<Key>): Facts => ({ key: { value: { ...goodKey.key.value, ...change } } });
const vaultOf = (change: object): Facts => ({ keyVault: { value: { ...goodKey.keyVault.value, ...change } } });
const accessOf = (change: object): Facts => ({ access: { value: { ...goodKey.access.value, ...change } } });

test.each<[string, Facts, string[]]>([
  ["a good key", {}, []],
  ["RSA with 2048 bits", keyOf({ size: 2048 }), []],
  ["RSA-HSM with 4096 bits", keyOf({ type: "RSA-HSM", size: 4096 }), []],
  ["RSA with 1024 bits", keyOf({ size: 1024 }), ["refuse cmk-key-type"]],
  ["RSA of a size that is not shown", keyOf({ size: undefined }), ["warn cmk-key-type"]],
  ["an elliptic curve", keyOf({ type: "EC", size: undefined }), ["refuse cmk-key-type"]],
  ["a disabled key", keyOf({ enabled: false }), ["refuse cmk-key-unusable"]],
  ["a key that expires right now", keyOf({ expires: now }), ["refuse cmk-key-unusable"]],
  ["a key that expires later", keyOf({ expires: now + 1 }), []],
  ["a key that becomes valid later", keyOf({ notBefore: now + 1 }), ["refuse cmk-key-unusable"]],
  ["a key that becomes valid right now", keyOf({ notBefore: now }), []],
  ["no soft delete", vaultOf({ softDelete: false }), ["refuse key-vault-soft-delete-off"]],
  ["no purge protection", vaultOf({ purgeProtection: false }), ["refuse key-vault-purge-protection-off"]],
  ["a closed key vault", vaultOf({ networkRestricted: true }), ["refuse cmk-user-identity-restricted-key-vault"]],
  ["roles that show nothing", accessOf({ wrap: "unknown", proven: false }), ["warn cmk-access-missing"]],
  ["roles that show no right", accessOf({ wrap: "no", proven: false }), ["warn cmk-access-missing"]],
  ["a key that cannot be read", { key: { unreadable: "403" } }, ["warn cmk-key-missing"]],
  ["a key vault that cannot be read", { keyVault: { unreadable: "403" } }, ["warn cmk-key-missing"]],
  ["rights that cannot be read", { access: { unreadable: "403" } }, ["warn cmk-access-missing"]],
  ["a key that is not read yet", { key: undefined }, ["undecided cmk-key-missing"]],
  ["rights that are not read yet", { access: undefined }, ["undecided cmk-access-missing"]],
])("%s", (_, facts, verdicts) => {
  expect(applied(facts)).toEqual(verdicts);
  expect(applied(facts, "write")).toEqual(verdicts);
});

test.each<[string, Facts, string]>([
  ["a key", { key: { value: "missing" } }, "cmk-key-missing"],
  ["a key vault", { keyVault: { value: "missing" } }, "cmk-key-missing"],
  ["a right that access policies deny", accessOf({ wrap: "no" }), "cmk-access-missing"],
])("%s may still come in the same run, and has to be there at the write", (_, facts, code) => {
  expect(applied(facts)).toEqual([`undecided ${code}`]);
  expect(applied(facts, "write")).toEqual([`refuse ${code}`]);
});

test("a system-assigned identity may use a closed key vault", () => {
  const attached: Vault = { ...vault, identity: { systemAssigned: true } };
  const after = { ...attached, encryption: { ...encrypted.encryption, identity: "SystemAssigned" } };
  const facts = { ...goodKey, ...vaultOf({ networkRestricted: true }) };
  expect(codes({ before: attached, after, facts })).toEqual(["warn one-way-change"]);
});

test("a key that comes out of another resource is said once, and nothing is asked about it", () => {
  const after = { ...encrypted, encryption: { state: "Enabled", keyUri: unknown, identity: unknown } } as const;
  const verdicts = judged({ before: vault, after }).filter(({ decision }) => decision === "undecided");
  expect(verdicts.map(({ property }) => property)).toEqual(["encryption.identity", "encryption.keyUri"]);
  expect(verdicts.flatMap(({ needs = [] }) => needs)).toEqual([]);
});

const firstKey = "https://payroll.vault.azure.net/keys/first";
const secondKey = "https://payroll.vault.azure.net/keys/second";
const rekeyed = { ...encrypted, encryption: { ...encrypted.encryption, keyUri: secondKey } };

test("a key may be changed, and so may its identity, but not both", () => {
  const both: Vault = { ...encrypted, identity: { systemAssigned: true, userAssigned: [userAssigned] } };
  const bySystem = (from: Vault) => ({ ...from, encryption: { ...from.encryption, identity: "SystemAssigned" } });
  const facts = goodKey;
  expect(codes({ before: encrypted, after: rekeyed, facts })).toEqual([]);
  expect(codes({ before: both, after: bySystem(both), facts })).toEqual([]);
  const after = bySystem({ ...both, encryption: rekeyed.encryption });
  expect(codes({ before: both, after, facts })).toEqual(["refuse key-and-identity-together"]);
  expect(codes({ before: encrypted, after: { ...both, encryption: rekeyed.encryption }, facts })).toEqual([
    "refuse key-and-identity-together",
  ]);
});

test("the first key comes with its identity", () => {
  expect(codes({ before: vault, after: encrypted, facts: goodKey, when: "write" })).toEqual(announced);
});

test.each(["https://PAYROLL.vault.azure.net:443/keys/first", "https://payroll.vault.azure.net/keys/first/"])(
  "%s is the same key",
  (keyUri) => {
    expect(
      codes({ before: encrypted, after: { ...encrypted, encryption: { ...encrypted.encryption, keyUri } } }),
    ).toEqual([]);
  },
);

test.each<[string, Facts, string[]]>([
  ["not read", { oldAccess: undefined }, ["undecided old-key-unreachable"]],
  ["gone", { oldKey: { value: "missing" } }, ["refuse old-key-unreachable"]],
  ["disabled", { oldKey: { value: { ...goodKey.oldKey.value, enabled: false } } }, ["refuse old-key-unreachable"]],
  ["expired", { oldKey: { value: { ...goodKey.oldKey.value, expires: 1 } } }, []],
  ["out of reach", { oldAccess: { value: { ...goodKey.access.value, unwrap: "no" } } }, ["refuse old-key-unreachable"]],
  [
    "perhaps out of reach",
    { oldAccess: { value: { ...goodKey.access.value, unwrap: "no", proven: false } } },
    ["warn old-key-unreachable"],
  ],
  ["without rights that matter", { oldAccess: { value: { ...goodKey.access.value, wrap: "no" } } }, []],
  ["unreadable", { oldKey: { unreadable: "403" } }, ["warn old-key-unreachable"]],
])("the key is changed while the old one is %s", (_, facts, verdicts) => {
  expect(codes({ before: encrypted, after: rekeyed, facts: { ...goodKey, ...facts } })).toEqual(verdicts);
});

test.each<[string, Vault["identity"], Vault["identity"], Facts, string[]]>([
  ["stays", { systemAssigned: true }, { systemAssigned: true }, {}, []],
  ["leaves", { systemAssigned: true }, {}, {}, ["refuse"]],
  ["leaves, of a key that is gone", { systemAssigned: true }, {}, { oldKey: { value: "missing" } }, ["refuse"]],
  ["perhaps leaves", { systemAssigned: true }, { systemAssigned: unknown }, {}, ["undecided"]],
  ["was perhaps there", { systemAssigned: unknown }, {}, {}, ["undecided"]],
  [
    "was perhaps there, of a key that is gone",
    { systemAssigned: unknown },
    {},
    { oldKey: { value: "missing" } },
    ["refuse"],
  ],
])(
  "the key of a Recovery Services vault is changed while the identity that reads the old one %s",
  (_, before, after, facts, decisions) => {
    const vaultWith = (identity: Vault["identity"], keyUri: string): Vault => ({
      ...recoveryEncrypted,
      identity,
      encryption: { keyUri, identity: "SystemAssigned" },
    });
    const change = { before: vaultWith(before, firstKey), after: vaultWith(after, secondKey) };
    const verdicts = codes(recovery({ ...change, facts: { ...recoveryKey, ...facts } }));
    expect(verdicts.filter((verdict) => verdict.endsWith(" rsv-old-key-unreachable"))).toEqual(
      decisions.map((decision) => `${decision} rsv-old-key-unreachable`),
    );
  },
);

test("a key is not taken away by leaving out its URI", () => {
  const after = { ...encrypted, encryption: { ...encrypted.encryption, keyUri: undefined } };
  expect(codes({ before: encrypted, after })).toEqual(["refuse cmk-removed"]);
});
