import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

const directory = mkdtempSync(join(tmpdir(), "azure-backup-completion-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
mkdirSync(join(directory, "previews"));
writeFileSync(join(directory, "preview of prod.json"), "{}");

const main = join(root, "dist/cli/main.js");
const scriptFor = (shell: string) => spawnSync(process.execPath, [main, "completion", shell], { encoding: "utf8" });

const has = (shell: string) => spawnSync(shell, ["-c", "exit 0"]).status === 0;
/** Skipped, and named at the end of the run, where the shell is missing. */
const testIn = (shell: string) => (has(shell) ? test : test.skip);

function ran(shell: string, args: string[], script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, [...args, "-c", script], { encoding: "utf8", cwd: directory });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

/** What bash offers for the last of these words. */
const inBash = (...words: string[]) =>
  ran(
    "bash",
    ["--norc"],
    `${scriptFor("bash").stdout}
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
    COMP_CWORD=${words.length - 1}
    _azure_backup
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  );

testIn("bash")("bash completes commands, options, their values, rules and paths", () => {
  expect(inBash("azure-backup", "")).toEqual(expect.arrayContaining(["review", "status", "doctor", "completion"]));
  expect(inBash("azure-backup", "st")).toEqual(["status"]);
  expect(inBash("azure-backup", "review", "--f")).toEqual(["--from", "--format", "--fail-on"]);
  expect(inBash("azure-backup", "review", "--format", "")).toEqual(["text", "markdown", "json", "sarif"]);
  expect(inBash("azure-backup", "review", "--format", "=", "m")).toEqual(["markdown"]);
  expect(inBash("azure-backup", "doctor", "--format", "")).toEqual(["text", "json"]);
  expect(inBash("azure-backup", "rules", "immutability-l")).toEqual(["immutability-locked"]);
  expect(inBash("azure-backup", "help", "re")).toEqual(["review"]);
  expect(inBash("azure-backup", "review", "--from", "pre").sort()).toEqual(["preview of prod.json", "previews"]);
  expect(inBash("azure-backup", "review", "--cwd", "pre")).toEqual(["previews"]);
  expect(inBash("azure-backup", "status", "--subscription", "")).toEqual([]);
  expect(inBash("azure-backup", "review", "--", "--f")).toEqual([]);
});

testIn("bash")("bash registers it for the command", () => {
  const said = ran("bash", ["--norc"], `${scriptFor("bash").stdout}\ncomplete -p azure-backup`);
  expect(said).toEqual(["complete -F _azure_backup azure-backup"]);
});

testIn("fish")("fish completes the same", () => {
  const inFish = (line: string) =>
    ran("fish", ["--no-config"], `${scriptFor("fish").stdout}\ncomplete -C '${line}'`).map(
      (each) => each.split("\t")[0],
    );
  expect(inFish("azure-backup st")).toEqual(["status"]);
  expect(inFish("azure-backup review --f").sort()).toEqual(["--fail-on", "--format", "--from"]);
  expect(inFish("azure-backup review --format m")).toEqual(["markdown"]);
  expect(inFish("azure-backup rules immutability-l")).toEqual(["immutability-locked"]);
  expect(inFish("azure-backup review --cwd pre")).toEqual(["previews/"]);
});

testIn("zsh")("zsh loads it and registers it for the command, and reads what it says of each command", () => {
  writeFileSync(join(directory, "_azure-backup.zsh"), scriptFor("zsh").stdout);
  // What zsh's own _arguments is told, in place of a terminal to press Tab in.
  const said = ran(
    "zsh",
    ["-f"],
    `autoload -Uz compinit && compinit -u -D && source ./_azure-backup.zsh
    print -r -- $_comps[azure-backup]
    _arguments() { [[ $1 == -C ]] && state=argument || print -rl -- "$@" }
    words=(review); _azure_backup
    words=(completion); _azure_backup`,
  );
  expect(said).toEqual(
    expect.arrayContaining([
      "_azure_backup",
      "--format=[output format]:value:(text markdown json sarif)",
      "--json[short for --format json]",
      "--cwd=[directory of the Pulumi project]:value:_files -/",
      "1:value:(bash zsh fish)",
    ]),
  );
});

test("each shell has its script, and another one is a mistake that names them", () => {
  for (const shell of ["bash", "zsh", "fish"]) expect(scriptFor(shell)).toMatchObject({ status: 0, stderr: "" });
  expect(scriptFor("csh")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Allowed choices are bash, zsh, fish"),
  });
});
