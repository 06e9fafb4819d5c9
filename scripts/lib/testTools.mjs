import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheHome } from "./cacheHome.mjs";
import { npm } from "./dependencies.mjs";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";

const described = join(root, "test", "tools");

/**
 * The `node_modules` with the packages of `test/tools`, outside the checkout, because together they are larger than all
 * other development dependencies.
 */
export function testTools() {
  const lock = readFileSync(join(described, "package-lock.json"));
  const version = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  return join(cacheHome(), `test-tools-${version}`, "node_modules");
}

/** Installs them if they are missing. An interrupted run leaves nothing behind. */
export async function installTestTools() {
  const modules = testTools();
  const home = dirname(modules);
  if (existsSync(modules)) return;
  await step("Installing what only tests need (a browser, packages of other providers)", async () => {
    mkdirSync(cacheHome(), { recursive: true });
    const unfinished = mkdtempSync(`${home}.`);
    try {
      cpSync(described, unfinished, { recursive: true });
      const { code, output } = await npm(["ci", "--no-audit", "--no-fund"], unfinished);
      if (code !== 0) throw new NotReady(`${output}\n\`npm ci\` in test/tools failed, see above.`);
      if (!existsSync(home)) renameSync(unfinished, home);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  });
}
