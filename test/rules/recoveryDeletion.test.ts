import type { Facts } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import { recovery, recoveryHoldings, recoveryVault } from "./recoveryTransitions.js";
import { codes, judged, userAssigned } from "./transitions.js";

const deleted = (before: Vault, facts: Facts) => codes(recovery({ before, after: undefined, facts }));
const { empty } = recoveryHoldings;

test("an empty vault may be deleted, locked or not, and so may one with soft-deleted items only", () => {
  expect(deleted(recoveryVault, empty)).toEqual([]);
  expect(deleted({ ...recoveryVault, immutability: "Locked" }, empty)).toEqual([]);
  expect(deleted({ ...recoveryVault, immutability: "Locked" }, recoveryHoldings["soft-deleted only"])).toEqual([]);
});

test.each<[what: string, Vault, Facts]>([
  ["protected item", recoveryVault, recoveryHoldings.protected],
  ["registered container", recoveryVault, recoveryHoldings.registered],
  [
    "item replicated by Site Recovery",
    recoveryVault,
    { ...empty, replication: { value: { replicatedItems: 1, registeredServers: 0 } } },
  ],
  [
    "server registered with Site Recovery",
    recoveryVault,
    { ...empty, replication: { value: { replicatedItems: 0, registeredServers: 1 } } },
  ],
  ["private endpoint connection", { ...recoveryVault, privateEndpoints: ["to-hub"] }, empty],
])("one %s keeps a vault", (what, before, facts) => {
  const verdicts = judged(recovery({ before, after: undefined, facts }));
  expect(verdicts.map(({ decision, code }) => `${decision} ${code}`)).toEqual(["refuse rsv-delete-not-empty"]);
  expect(verdicts[0]?.reason).toContain(`1 ${what}`);
});

test("what a vault holds is asked for before it is deleted, once", () => {
  const verdicts = judged(recovery({ before: { ...recoveryVault, immutability: "Locked" }, after: undefined }));
  expect(verdicts.flatMap(({ needs }) => needs)).toEqual([
    "protectedItems",
    "containers",
    "replication",
    "protectedItems",
  ]);
});

test("immutability is named as what keeps a vault with items", () => {
  const facts = recoveryHoldings.protected;
  const locked = (immutability: string) => deleted({ ...recoveryVault, immutability }, facts).slice(1);
  expect(locked("Disabled")).toEqual([]);
  expect(locked("Unlocked")).toEqual(["refuse rsv-delete-locked-with-data"]);
  expect(locked("Locked")).toEqual(["refuse rsv-delete-locked-with-data"]);
  expect(locked("Future")).toEqual(["undecided rsv-delete-locked-with-data"]);
});

test("an empty vault may be replaced, and a vault with a soft-deleted item is not", () => {
  const replaced = (facts: Facts) =>
    codes(recovery({ before: recoveryVault, after: { ...recoveryVault, location: "northeurope" }, facts }));
  expect(replaced(empty)).toEqual(["warn rsv-vault-replaced"]);
  expect(replaced(recoveryHoldings["soft-deleted only"])).toEqual(["refuse rsv-vault-replaced"]);
});

test("who writes in steps is not warned of what one request cannot do", () => {
  const after = { ...recoveryVault, identity: { userAssigned: [userAssigned] }, immutability: "Locked" };
  expect(codes(recovery({ after }))).toEqual([
    "refuse rsv-immutability-locked-at-create",
    "warn rsv-one-way-change",
    "warn rsv-user-identity-at-create",
  ]);
  expect(codes(recovery({ after, multiRequestWrites: true }))).toEqual(["warn rsv-one-way-change"]);
});

test("a key of another size than Microsoft's page speaks of is a warning, and a key of another kind is refused", () => {
  const facts = (key: object): Facts => ({ key: { value: { enabled: true, type: "RSA", ...key } } });
  const about = (key: object) =>
    codes(
      recovery({
        after: { ...recoveryVault, encryption: { keyUri: "https://a.vault.azure.net/keys/k" } },
        facts: facts(key),
      }),
    ).filter((code) => code.includes("key-type"));
  expect(about({ size: 2048 })).toEqual([]);
  expect(about({ type: "RSA-HSM", size: 2048 })).toEqual([]);
  expect(about({ size: 4096 })).toEqual(["warn rsv-cmk-key-type"]);
  expect(about({})).toEqual(["warn rsv-cmk-key-type"]);
  expect(about({ type: "EC" })).toEqual(["refuse rsv-cmk-key-type"]);
});
