import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheHome } from "./cacheHome.mjs";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const requirements = join(root, "test", "tools", "requirements.txt");

/** @returns the directory of the programs in `requirements.txt`, outside the checkout */
function home() {
  const version = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  return join(cacheHome(), `python-tools-${version}`);
}

/**
 * The directory of the Python programs that tests use. Undefined without them, because Python is optional for development.
 * @returns {string | undefined}
 */
export function pythonTools() {
  const bin = join(home(), process.platform === "win32" ? "Scripts" : "bin");
  return existsSync(join(home(), "complete")) ? bin : undefined;
}

/** Creates a virtual environment with them. Without Python, or offline, it prints why there is none. */
export async function installPythonTools() {
  if (pythonTools()) return;
  const failed = await step("Installing the Python programs that tests use", install);
  if (failed) console.log(`  Tests that need Python are skipped: ${failed}`);
}

/** @returns {Promise<string | undefined>} why there are none */
async function install() {
  // It cannot be created elsewhere and moved, because its programs contain their path.
  rmSync(home(), { recursive: true, force: true });
  for (const [program, ...args] of [
    ["python3", "-m", "venv", home()],
    [join(home(), "bin", "python"), "-m", "pip", "install", "--quiet", "--requirement", requirements],
  ]) {
    const { code, output } = await run(program ?? "", args);
    if (code !== 0) return `${[program, ...args].join(" ")} failed: ${output.trim().split("\n").at(-1)}`;
  }
  writeFileSync(join(home(), "complete"), "");
  return undefined;
}
