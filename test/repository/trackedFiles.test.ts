import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

// Put together here, so that this file does not hold what it looks for.
const hosts = [["registry", "npmjs", "org"].join("."), ["proxy", "golang", "org"].join(".")];
const directories = ["work", "root", "tmp"];
const ofOneMachine = new RegExp(`${hosts.join("|").replaceAll(".", "\\.")}|(?<![\\w.-])/(${directories.join("|")})/`);

test("no file names a package registry's host or a path of somebody's machine", () => {
  const lines = trackedTexts().flatMap(({ file, text }) =>
    text.split("\n").flatMap((line, at) => (ofOneMachine.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  );
  expect(lines).toEqual([]);
});

function trackedTexts() {
  const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
  return files
    .filter((file) => existsSync(join(root, file)))
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}
