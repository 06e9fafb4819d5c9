import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

let directory: string;

/** A checkout with these scripts and packages of our own making. */
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "set-up-"));
  const settings = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];
  for (const file of ["scripts", ...settings, "emulator/package.json", "emulator/tsconfig.json"]) {
    cpSync(join(root, file), join(directory, file), { recursive: true });
  }
  // Each by a link of its own: `npm ci` empties what it finds, and would empty ours through one link to all of it.
  const modules = join(directory, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@types") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  // All that the sources below need of Node: the compiler takes three times as long with the real types.
  source(
    "node_modules/@types/node/package.json",
    '{ "name": "@types/node", "version": "0.0.0", "types": "index.d.ts" }',
  );
  source(
    "node_modules/@types/node/index.d.ts",
    "declare const console: { log(...parts: unknown[]): void };\n" +
      "declare const process: { argv: string[]; exitCode?: number };\n",
  );
  source("cli/main.ts", "export {};\n");
  source("emulator/main.ts", 'console.log("first", process.argv.slice(2).join(" "));\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a command gets the rest of the line, on our own Node, its exit code is the run's, and nothing is done twice", async () => {
  const exits = "if (process.argv[2]) process.exitCode = Number(process.argv[3]);";
  source("emulator/main.ts", `console.log("first", process.argv.slice(2).join(" "));\n${exits}\n`);
  const first = await run("emulator", "--exit", "42");
  expect(first).toEqual({ code: 42, output: "Building the package\nfirst --exit 42\n" });
  const second = await run("emulator");
  expect(second).toEqual({ code: 0, output: "first \n" });
});

test("what a checkout changed is built anew, however old the files look, and what it removed is gone", async () => {
  for (const file of ["review/gone.ts", "emulator/page/gone.ts"]) source(file, "export {};\n");
  const built = ["dist/review/gone.js", "emulator/dist/page/gone.js"].map((file) => join(directory, file));
  await run("emulator");
  expect(built.map((file) => existsSync(file))).toEqual([true, true]);

  for (const file of ["review/gone.ts", "emulator/page/gone.ts"]) rmSync(join(directory, file));
  source("emulator/main.ts", 'console.log("second");\n');
  utimesSync(join(directory, "emulator/main.ts"), 0, 0);

  expect(await run("emulator")).toEqual({ code: 0, output: "Building the package\nsecond\n" });
  expect(built.map((file) => existsSync(file))).toEqual([false, false]);
});

test("a checkout that was never built is packed with what it builds", async () => {
  source("provider/index.ts", "export {};\n");
  const packed = async (from: string) => {
    const { code, output } = await runIn(join(directory, from), "npm", "pack", "--dry-run", "--json", "--silent");
    return { code, files: JSON.parse(output)[0].files.map(({ path }: { path: string }) => path) };
  };
  expect(await packed(".")).toMatchObject({ code: 0, files: expect.arrayContaining(["dist/provider/index.js"]) });
  rmSync(join(directory, "emulator/dist"), { recursive: true });
  expect(await packed("emulator")).toMatchObject({ code: 0, files: expect.arrayContaining(["dist/main.js"]) });
});

test("a clone that npm or Pulumi makes is built, and a checkout in which somebody installs is not", async () => {
  const built = join(directory, "dist/cli/main.js");
  const prepare = (startedIn: string) =>
    runIn(directory, "env", `INIT_CWD=${startedIn}`, process.execPath, "scripts/prepare.mjs");
  for (const inside of [directory, join(directory, "emulator")]) {
    expect(await prepare(inside)).toEqual({ code: 0, output: "" });
    expect(existsSync(built)).toBe(false);
  }
  const ofDevelopment = join(directory, "node_modules/only-for-development");
  mkdirSync(ofDevelopment);
  for (const elsewhere of [tmpdir(), join(directory, "plugin")]) {
    rmSync(join(directory, "dist"), { recursive: true, force: true });
    expect(await prepare(elsewhere)).toMatchObject({ code: 0 });
    expect(existsSync(built)).toBe(true);
    // Only Pulumi's cache of plugins goes without it.
    expect(existsSync(ofDevelopment)).toBe(true);
  }
});

test("a package that does not compile is not run, and the reason is the compiler's", async () => {
  for (const file of ["cli/main.ts", "emulator/main.ts"]) {
    source(file, "const port: number = 'seven';\nconsole.log(port);\n");
  }
  const { code, output } = await run("emulator");
  expect(code).toBe(1);
  expect(output).toContain("\ncli/main.ts(1,7): error TS2322");
  expect(output).toContain("\nemulator/main.ts(1,7): error TS2322");
  expect(output).toMatch(/The package does not compile\. See the errors above\.\n$/);
});

test("dependencies that cannot be installed are a sentence, with npm's own words above it", async () => {
  rmSync(join(directory, "node_modules"), { recursive: true });
  writeFileSync(join(directory, "package-lock.json"), "{");
  const { code, output } = await run("emulator");
  expect(code).toBe(1);
  expect(output).toContain("npm error");
  expect(output).toMatch(/`npm ci` failed, see above\. Fix the problem, then run this again\.\n$/);
  expect(output).not.toMatch(/^ +at /m);
});

test("an unknown command names the known ones", async () => {
  expect(await run("tets")).toEqual({
    code: 1,
    output:
      'Unknown command "tets". Usage: node scripts/run.mjs build|setup|quickstart|test|sdk|walk|record|pictures|bench|plugin|review|emulator\n',
  });
});

function source(file: string, text: string) {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), text);
}

const run = (...args: string[]) => runIn(directory, process.execPath, join(directory, "scripts/run.mjs"), ...args);

async function runIn(cwd: string, command: string, ...args: string[]) {
  const isQuiet = args.includes("--silent");
  const child = spawn(command, args, { cwd });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += isQuiet ? "" : text));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  // How long a step takes is told, when it takes long: that is the machine's affair.
  return { code, output: output.replace(/^ {2}.*: (done after )?\d+ s\n/gm, "") };
}
