import { accessSync, constants, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { cacheHome } from "./cacheHome.mjs";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { buildPulumi } from "./pulumiBuild.mjs";
import { downloadPulumi } from "./pulumiDownload.mjs";
import { installByHand, oldest, pulumiVersion } from "./pulumiVersion.mjs";
import { run } from "./run.mjs";

/** What Pulumi needs for Node programs and dynamic resources. It looks for them next to its own binary first. */
const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * The directory with Pulumi and its Node tools: the machine's own, or one outside the checkout that all clones share.
 */
export async function findPulumi() {
  const cache = cacheDirectory();
  return (await onPath()) ?? (isComplete(cache) ? cache : fill(cache));
}

async function onPath() {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const first = directories.find((directory) => isProgram(join(directory, "pulumi")));
  if (!first) return undefined;
  const home = dirname(realpathSync(join(first, "pulumi")));
  return isComplete(home) && (await isRecent(home)) ? home : undefined;
}

const cacheDirectory = () => join(cacheHome(), `pulumi-${pulumiVersion}-${process.platform}-${process.arch}`);

/**
 * Fills the cache atomically, so that an interrupted or concurrent run leaves either everything or nothing.
 * @param {string} cache
 */
async function fill(cache) {
  mkdirSync(dirname(cache), { recursive: true });
  const unfinished = mkdtempSync(`${cache}.`);
  const clear = () => rmSync(unfinished, { recursive: true, force: true });
  process.once("exit", clear);
  try {
    const title = `Downloading Pulumi ${pulumiVersion}`;
    const outOfReach = await step(title, () => downloadPulumi(pulumiVersion, unfinished));
    if (outOfReach) {
      console.log(`  Pulumi's download cannot be reached: ${outOfReach}`);
      await buildPulumi(pulumiVersion, unfinished);
    }
    if (!isComplete(unfinished) || !(await isRecent(unfinished))) {
      throw new NotReady(`The downloaded Pulumi ${pulumiVersion} does not run on this machine: ${installByHand}`);
    }
    if (!isComplete(cache)) {
      rmSync(cache, { recursive: true, force: true });
      renameSync(unfinished, cache);
    }
    return cache;
  } finally {
    clear();
    process.off("exit", clear);
  }
}

/** @param {string} directory */
const isComplete = (directory) => parts.every((part) => isProgram(join(directory, part)));

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} directory */
async function isRecent(directory) {
  const { output } = await run(join(directory, "pulumi"), ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const [, major, minor] = /(\d+)\.(\d+)\./.exec(output) ?? [];
  return Number(major) === oldest.major && Number(minor) >= oldest.minor;
}
