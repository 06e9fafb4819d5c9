import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { generators, languageTools } from "./languageTools.mjs";
import { NotReady } from "./notReady.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

/**
 * Writes the SDKs of `docs/schema.json`, with Pulumi's generators: a directory for each language.
 *
 * @param {string} directory
 * @returns {Promise<string[]>} the generators that this machine has not
 */
export async function generateSdks(directory) {
  const missing = [];
  for (const { name } of generators) {
    const program = join(languageTools(), name);
    if (existsSync(program)) await succeed(program, ["sdks", join(root, "docs", "schema.json"), directory]);
    else missing.push(name);
  }
  return missing;
}

/**
 * Compiles the Node SDK, into `bin`, which is the package: Pulumi's own providers do the same.
 * @param {string} directory
 */
export async function compileNodeSdk(directory) {
  const modules = join(directory, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of ["@pulumi", "@types"])
    if (!existsSync(join(modules, name)))
      symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  await succeed(process.execPath, [tsc, "-p", directory]);
  for (const file of ["package.json", "README.md"]) cpSync(join(directory, file), join(directory, "bin", file));
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function succeed(command, args) {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new NotReady(`${output}\n${[command, ...args].join(" ")} failed, see above.`);
}
