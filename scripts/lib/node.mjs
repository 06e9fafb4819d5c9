import { existsSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./dependencies.mjs";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { root } from "./root.mjs";

export const binaries = join(root, "node_modules", ".bin");

/** The Node that runs everything here: from the npm package `node`, because the machine's own may be too old. */
export async function findNode() {
  const ours = join(root, "node_modules", "node", "bin", "node");
  if (existsSync(ours)) return ours;
  // Its install script fetches the binary, and install scripts may be disabled.
  await step("Fetching Node", () => npm(["rebuild", "node", "--ignore-scripts=false"]));
  if (existsSync(ours)) return ours;
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  throw new NotReady(
    `Node 22 or later is required. This is ${process.versions.node}, and \`npm rebuild node\` did not install a newer one. ` +
      "Install Node 22 or later from https://nodejs.org, then run this again.",
  );
}
