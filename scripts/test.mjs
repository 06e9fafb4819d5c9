// All checks: first the static ones, which all run so that all failures are seen at once, then the tests.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { compile, isBuilt, rooms } from "./lib/build.mjs";
import { step } from "./lib/progress.mjs";
import { root } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";
import { start } from "./lib/start.mjs";

const node = process.execPath;
const jestArguments = process.argv.slice(2);
const modules = join(root, "node_modules");

const typesCache = join(modules, ".cache", "types.tsbuildinfo");
const tools = {
  types: ["typescript/bin/tsc", "-p", ".", "--noEmit", "--incremental", "--tsBuildInfoFile", typesCache],
  lint: ["@biomejs/biome/bin/biome", "ci", "--colors=off"],
  imports: [
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    ...rooms.filter(existsSync),
  ],
};

/** @param {keyof typeof tools} name */
function runTool(name) {
  const [script = "", ...args] = tools[name];
  return run(node, [join(modules, script), ...args], { cwd: root });
}

/**
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} work
 */
async function check(name, work) {
  const started = Date.now();
  return { name, ...(await work()), seconds: (Date.now() - started) / 1000 };
}

async function staticChecks() {
  const built = check("build", async () => (isBuilt() ? { code: 0, output: "" } : compile(node)));
  // Tests import the built package, so their types are known only once it is built.
  const types = built.then(() => check("types", () => runTool("types")));
  const lint = check("lint", () => runTool("lint"));
  const imports = lint.then(() => check("imports", () => runTool("imports")));
  const results = await step("Checking build, types, lint and imports", () =>
    Promise.all([built, types, lint, imports]),
  );
  for (const { name, code, output, seconds } of results) {
    console.log(`  ${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(8)} ${seconds.toFixed(1)} s`);
    // What does not compile is in the check of the types too.
    if (code !== 0 && !(name === "build" && results[1].code !== 0)) console.log(output);
  }
  return results.filter(({ code }) => code !== 0).map(({ name }) => name);
}

/** @type {string[]} */
let failed = [];
if (jestArguments.length === 0) {
  failed = await staticChecks();
} else {
  console.log("With arguments for Jest, only the tests run, without checks of types, lint and imports.");
}

const result = process.env.TEST_RESULT_FILE;
const record = result ? ["--json", `--outputFile=${result}`] : [];
const tests = await start(node, [join(modules, "jest/bin/jest.js"), ...record, ...jestArguments]);
if (failed.length)
  console.error(`These checks failed, too: ${failed.join(", ")}. Their output is above that of the tests.`);
process.exitCode = tests || (failed.length ? 1 : 0);
