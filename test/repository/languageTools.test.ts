import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/root.mjs";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "language-tools-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const generators = ["sdk-generator", "sdk-generator-dotnet-yaml", "sdk-generator-java"];
const hosts = ["pulumi-language-go", "pulumi-language-python", "pulumi-language-yaml"];
const beside = ["pulumi-language-python-exec"];

test("the generators of the SDKs and the language hosts are built once", async () => {
  installGo();
  expect(await install()).toContain("Building pulumi-language-yaml");
  expect(installed()).toEqual([...generators, ...hosts, ...beside].sort());
  expect(await install()).toBe("");
});

test("the example in Go has the modules of Pulumi's engine, whose packages are compiled by then", () => {
  const ofEngine = versions("scripts/pulumi/engine/go.mod");
  const both = Object.entries(versions("examples/go/go.mod")).filter(([module]) => ofEngine[module]);
  expect(both.length).toBeGreaterThan(50);
  for (const [module, version] of both) expect([module, version]).toEqual([module, ofEngine[module]]);
});

/** What a go.mod requires. */
function versions(file: string): Record<string, string> {
  const lines = readFileSync(join(root, file), "utf8").matchAll(/^\t([\w./~-]+) (v\S+)/gm);
  return Object.fromEntries(Array.from(lines, ([, module = "", version = ""]) => [module, version]));
}

test("the language hosts that Pulumi brings are not built", async () => {
  installGo();
  for (const host of hosts) program(join(directory, "pulumi", host), "");
  await install();
  expect(installed()).toEqual(generators);
});

test("for SDKs, only the generators are built", async () => {
  installGo();
  await install({ only: "generators" });
  expect(installed()).toEqual(generators);
});

test("without Go, a line says what is missing and why", async () => {
  expect(await install()).toMatch(
    /sdk-generator, .*, pulumi-language-yaml cannot be built: that requires Go .* none is on PATH/,
  );
  expect(installed()).toEqual([]);
});

test("what does not compile is named with the reason, and the rest is built", async () => {
  installGo('case "$*" in *pulumi-yaml*) echo no such module; exit 1;; esac');
  expect(await install()).toMatch(/pulumi-language-yaml cannot be built: no such module/);
  expect(installed()).toEqual([...generators, ...hosts.slice(0, 2), ...beside].sort());
});

/** A Go that writes an empty program where it is told to, and has a module with what Python's host starts. */
function installGo(before = "") {
  const module = join(directory, "module");
  program(join(module, "python/cmd/pulumi-language-python-exec"), "");
  const commands = `case "$1" in
    list) echo '${module}';;
    build) while [ "$1" != -o ]; do shift; done; : > "$2";;
  esac`;
  program(join(directory, "bin", "go"), `${before}\n${commands}`);
}

function program(file: string, script: string) {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** What is said, on a machine that has nothing but the Go above. */
async function install(needs: object = {}): Promise<string> {
  const call = `import(${JSON.stringify(join(root, "scripts/lib/languageTools.mjs"))}).then(({ installLanguageTools }) =>
    installLanguageTools(${JSON.stringify({ pulumi: join(directory, "pulumi"), ...needs })}))`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", call], {
    env: { PATH: join(directory, "bin"), XDG_CACHE_HOME: join(directory, "cache") },
  });
  return stderr + stdout;
}

function installed(): string[] {
  const cache = join(directory, "cache/pulumi-azure-backup");
  const found = readdirSync(directory).includes("cache") ? readdirSync(cache) : [];
  return found.flatMap((each) => readdirSync(join(cache, each))).sort();
}
