import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

/** Installs the packages of the lock file into node_modules if any is missing. */
export async function installDependencies() {
  if (dependenciesAreInstalled()) return;
  await step("Installing dependencies from package-lock.json", async () => {
    // Development tools are needed even if the environment says "production".
    const { code, output } = await npm(["ci", "--include=dev"]);
    if (code !== 0)
      throw new NotReady(`${output}\n\`npm ci\` failed, see above. Fix the problem, then run this again.`);
  });
}

/** Compares the lock file with npm's own record of what it installed, so a manual `npm install` counts, too. */
function dependenciesAreInstalled() {
  const wanted = packages(join(root, "package-lock.json"));
  const installed = packages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    if (!installed[path]) return optional === true || devOptional === true;
    return installed[path].version === version;
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined}
 */
function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * Runs npm: the one that started this process, if any.
 * @param {string[]} args
 */
export function npm(args, cwd = root) {
  const started = process.env.npm_execpath;
  return started ? run(process.execPath, [started, ...args], { cwd }) : run("npm", args, { cwd });
}
