import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

const azureBackup = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], { encoding: "utf8" });

test("the command says its version, and what it can do", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(azureBackup("--version")).toMatchObject({ status: 0, stdout: `${version}\n` });
  const { status, stdout } = azureBackup("--help");
  expect(status).toBe(0);
  for (const name of ["review", "rules", "status", "doctor", "emulator"])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
});

test("a command that there is not is an error that names it", () => {
  expect(azureBackup("reviwe")).toMatchObject({ status: 1, stderr: expect.stringContaining("reviwe") });
});
