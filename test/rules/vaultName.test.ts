import { unknown } from "../../provider/vaults/ruleVault.js";
import { codes, vault } from "./transitions.js";

const named = (vaultName: string | typeof unknown) => codes({ after: { ...vault, vaultName } });

test.each(["ab", "a1", "A-b", `a${"b".repeat(49)}`])("%s is a vault's name", (name) => {
  expect(named(name)).toEqual([]);
});

test.each(["", "a", `a${"b".repeat(50)}`, "pay_roll", "pay roll", "pay.roll", "gehälter"])(
  '"%s" is refused',
  (name) => {
    expect(named(name)).toEqual(["refuse vault-name-invalid"]);
  },
);

test.each(["1a", "-a", "a-"])("%s is a warning, because Azure may take it for the vault itself", (name) => {
  expect(named(name)).toEqual(["warn vault-name-invalid"]);
});

test("a name that is not known yet is not decided", () => {
  expect(named(unknown)).toEqual(["undecided vault-name-invalid"]);
});

test("an existing vault is not judged for its name", () => {
  const old = { ...vault, vaultName: "1a" };
  expect(codes({ before: old, after: { ...old, immutability: "Unlocked" } })).toEqual([]);
});
