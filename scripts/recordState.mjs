// `npm run record -- COMMIT NAME`: keeps the state that the package of a commit or tag writes, as
// test/upgrade/states/NAME.json. The package is built and packed in a checkout of its own and deploys
// test/upgrade/program.cjs to the emulator of this checkout. NAME becomes a part of the vaults' names.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare, principalOf, record } from "../test/upgrade/azure.mjs";
import { pulumiEnv } from "./lib/pulumiEnv.mjs";
import { root } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";

const [commit = "", version = commit] = process.argv.slice(2);
if (!commit || !/^[a-z0-9-]{1,12}$/.test(version)) {
  console.error("Usage: npm run record -- COMMIT NAME, where NAME is up to 12 lower-case letters, digits and hyphens.");
  process.exit(2);
}

const { startEmulator } = createRequire(import.meta.url)("../emulator/dist/index.js");
const directory = mkdtempSync(join(tmpdir(), "azure-backup-version-"));
const checkout = join(directory, "checkout");
/** Below the checkout, so that the package finds what that version depended on. */
const project = join(checkout, "project");

/** @param {string[]} words @param {string} cwd @param {NodeJS.ProcessEnv} [more] */
async function must([command = "", ...args], cwd, more) {
  const { code, output } = await run(command, args, { cwd, env: { ...process.env, ...more } });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
  return output;
}

/** What `npm pack` would publish of that version, where a program's installation would have it. */
async function installPackage() {
  await must(["git", "worktree", "add", "--detach", checkout, commit], root);
  await must(["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"], checkout);
  // The oldest of them compiles with errors in its types, and yet completely.
  const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
  const { output } = await run("node", compiler, { cwd: checkout, env: process.env });
  if (output) console.warn(output);
  await must(["npm", "pack", "--ignore-scripts", "--silent"], checkout);
  const tarball = readdirSync(checkout).find((name) => name.endsWith(".tgz")) ?? "";
  const installed = join(project, "node_modules/pulumi-azure-backup");
  mkdirSync(installed, { recursive: true });
  await must(["tar", "-xzf", tarball, "--strip-components=1", "-C", installed], checkout);
}

/** @param {string} principalId */
function writeProject(principalId) {
  const from = join(root, "test/upgrade");
  copyFileSync(join(from, "program.cjs"), join(project, "program.cjs"));
  copyFileSync(join(from, "stackSettings.yaml"), join(project, "Pulumi.dev.yaml"));
  const runtime = "runtime:\n  name: nodejs\n  options: { typescript: false }\n";
  writeFileSync(join(project, "Pulumi.yaml"), `name: vaults\n${runtime}`);
  writeFileSync(join(project, "package.json"), '{ "name": "vaults", "main": "index.js" }\n');
  writeFileSync(
    join(project, "index.js"),
    `const [pulumi, azureBackup] = [require("@pulumi/pulumi"), require("pulumi-azure-backup")];
    require("./program.cjs").program(pulumi, azureBackup, "${version}", { principalId: "${principalId}" });\n`,
  );
}

// The older versions write every vault with one api-version, as Azure was observed to accept.
const azure = await startEmulator({ lenientSoftDelete: true });
try {
  await installPackage();
  prepare(azure, [version]);
  writeProject(principalOf(azure, version));
  const env = { ...pulumiEnv(directory), ...azure.env };
  const pulumi = (/** @type {string[]} */ ...args) => must(["pulumi", ...args, "--non-interactive"], project, env);
  await pulumi("stack", "init", "dev");
  console.log(await pulumi("up", "--stack", "dev", "--yes", "--skip-preview"));
  const { deployment } = JSON.parse(await pulumi("stack", "export", "--stack", "dev"));
  for (const resource of deployment.resources) {
    // Where a resource stands in the program has no part in the test, and is half of the file.
    delete resource.sourcePosition;
    delete resource.stackTrace;
  }
  const file = join(root, `test/upgrade/states/${version}.json`);
  writeFileSync(file, JSON.stringify({ version, azure: record(azure, version, deployment), deployment }));
  await must(["biome", "format", "--write", file], root);
  console.log(`Written: ${file}`);
} finally {
  await azure.close();
  await run("git", ["worktree", "remove", "--force", checkout], { cwd: root });
  rmSync(directory, { recursive: true, force: true });
}
