import { spawnSync } from "node:child_process";
import { root } from "../../scripts/lib/root.mjs";

test("the quick start does all that it promises, and says what was shown", () => {
  const { status, stdout, stderr } = spawnSync("node", ["scripts/quickstart.mjs"], { cwd: root, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("immutability-locked");
  expect(stdout).toContain("three forbidden changes were refused at preview");
});
