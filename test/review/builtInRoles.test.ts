import { readFileSync } from "node:fs";
import { join } from "node:path";
import { givenByBuiltInRole } from "../../review/dependencies/builtInRoles.js";

const file = join(__dirname, "../../review/dependencies/builtInRoles.ts");
const rows = readFileSync(file, "utf8")
  .split("\n")
  .flatMap((line) => /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\S.*)$/.exec(line)?.slice(1) ?? []);

test("each built-in role is there once, by its GUID and by its name", () => {
  expect(rows.length).toBeGreaterThan(1000);
  expect(new Set(rows.map((each) => each.toLowerCase())).size).toBe(rows.length);
  for (const each of rows) expect([each, givenByBuiltInRole(each)]).not.toContain("unknown");
});

test("a role that is not in the table is unknown, and so is one that only reads keys", () => {
  for (const each of ["", "reader of keys", "21090545-7ca7-4776-b22c-e363652d74d2", "Managed HSM Crypto Auditor"]) {
    expect(givenByBuiltInRole(each)).toBe("unknown");
  }
  expect(givenByBuiltInRole("MANAGED HSM CRYPTO USER")).toBe("yes");
  expect(givenByBuiltInRole("Managed HSM contributor")).toBe("no");
});
