import type { Facts } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { codes, encrypted, goodKey, judged, protectedBy, userAssigned, vault, verdictOf } from "./transitions.js";

const other = userAssigned.replace("payroll-key", "other");
const facts: Facts = { ...goodKey, protection: { value: [] }, deleted: { value: [] } };

test("identities come and go on a vault without a key", () => {
  const steps: Vault["identity"][] = [
    undefined,
    { systemAssigned: true },
    { systemAssigned: true, userAssigned: [other] },
    { userAssigned: [other] },
    { systemAssigned: false, userAssigned: [] },
  ];
  for (const from of steps) {
    for (const to of steps) {
      expect(codes({ before: { ...vault, identity: from }, after: { ...vault, identity: to }, facts })).toEqual([]);
    }
  }
});

test("the identity that reaches the key does not leave, in whatever case its id is written", () => {
  const leaves = (identity: Vault["identity"]) =>
    codes({ before: encrypted, after: { ...encrypted, identity }, facts });
  expect(leaves({ userAssigned: [other] })).toEqual(["refuse kek-identity-removed"]);
  expect(leaves({ systemAssigned: true })).toEqual(["refuse kek-identity-removed"]);
  expect(leaves({ userAssigned: [other, userAssigned.toUpperCase()] })).toEqual([]);
  expect(leaves({ userAssigned: [unknown] })).toEqual(["undecided kek-identity-removed"]);
  expect(leaves({ userAssigned: [unknown, userAssigned] })).toEqual([]);
});

test("an identity that no longer reaches the key may leave", () => {
  const before = { ...encrypted, identity: { systemAssigned: true, userAssigned: [userAssigned] } };
  const bySystem = { ...before, encryption: { ...encrypted.encryption, identity: "SystemAssigned" } };
  expect(codes({ before: bySystem, after: { ...bySystem, identity: { systemAssigned: true } }, facts })).toEqual([]);
});

test("an identity that shall reach the key may be attached in the same run, and has to be there at the write", () => {
  const proposed = { before: vault, after: { ...vault, encryption: encrypted.encryption }, facts };
  expect(verdictOf("kek-identity-not-attached", proposed).decision).toBe("undecided");
  const atWrite = verdictOf("kek-identity-not-attached", { ...proposed, when: "write" });
  expect(atWrite).toMatchObject({ decision: "refuse", overridable: true, evidence: "community" });
  // Nothing can attach an identity to a vault before the vault is there.
  const atCreation = { after: { ...vault, encryption: encrypted.encryption }, facts };
  expect(verdictOf("kek-identity-not-attached", atCreation).decision).toBe("refuse");
});

test.each(["UserAssigned", "", "payroll-key", `${userAssigned}/more`, other.replace("userAssignedIdentities", "x")])(
  '"%s" names no identity',
  (identity) => {
    const after = { ...encrypted, encryption: { ...encrypted.encryption, identity } };
    expect(codes({ before: encrypted, after, facts })).toContain("refuse kek-identity-shape");
  },
);

test("an id beside SystemAssigned is refused", () => {
  const before = { ...vault, identity: { systemAssigned: true } };
  const encryption = { ...encrypted.encryption, identity: "SystemAssigned", identityId: userAssigned };
  expect(codes({ before, after: { ...before, encryption }, facts })).toContain("refuse kek-identity-shape");
});

test.each<[string, Facts["protection"], string[]]>([
  ["uses it", { value: [{ ...protectedBy, identity: "SystemAssigned" }] }, ["warn instance-identity-removed"]],
  ["says nothing, which means the system-assigned one", { value: [protectedBy] }, ["warn instance-identity-removed"]],
  ["uses another one", { value: [{ ...protectedBy, identity: other }] }, []],
  ["is not read", undefined, ["undecided instance-identity-removed"]],
  ["cannot be read", { unreadable: "403" }, ["warn instance-identity-removed"]],
])("an identity leaves while a backup instance %s", (_, protection, verdicts) => {
  const before = { ...vault, identity: { systemAssigned: true } };
  expect(codes({ before, after: vault, facts: { protection } })).toEqual(verdicts);
});

test("two identities of one name are told apart by their ids", () => {
  const twin = userAssigned.replace("/backups/", "/elsewhere/");
  const before: Vault = { ...encrypted, identity: { userAssigned: [userAssigned, twin] } };
  const after = { ...before, encryption: { ...encrypted.encryption, identity: twin } };
  const verdict = judged({ before, after }).find(({ property }) => property === "encryption.identity");
  expect(verdict).toMatchObject({ from: userAssigned, to: twin });
});
