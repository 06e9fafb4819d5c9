import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
  for (const name of ["review", "rules", "status", "doctor", "emulator", "completion"])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
});

test("a command that there is not is an error that names it", () => {
  expect(azureBackup("reviwe")).toMatchObject({ status: 1, stderr: expect.stringContaining("reviwe") });
});

test("on a Node that is too old, a command says so, and does not look like a refusal", () => {
  const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })`;
  const command = [
    "--import",
    `data:text/javascript,${older}`,
    join(root, "dist/cli/main.js"),
    "review",
    "--from",
    "-",
  ];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", input: "" });
  expect(stderr).toMatch(/^azure-backup failed: Node 20\.19\.0 at .* is too old: 22 or later is required/);
  expect(status).toBe(2);
});

test("no help is wider than 80 columns", () => {
  for (const name of ["", "review", "rules", "status", "doctor", "emulator", "completion"]) {
    const { status, stdout } = azureBackup(...[name].filter(Boolean), "--help");
    expect(status).toBe(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  }
});

test("--json is short for --format json, and goes with no other format", () => {
  expect(azureBackup("doctor", "--json", "--format", "text")).toMatchObject({
    status: 1,
    stdout: "",
    stderr: "error: option '--json' cannot be used with '--format text'\n",
  });
  const { stdout } = azureBackup("doctor", "--json", "--timeout", "1");
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, checks: expect.any(Array) });
});

test("a reader that has seen enough ends the command without a word", async () => {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "rules"]);
  child.stdout.destroy();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  expect(await once(child, "close")).toEqual([0, null]);
  expect(errors).toBe("");
});
