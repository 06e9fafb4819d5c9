import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

const releases = "https://get.pulumi.com/releases/sdk";

/**
 * Downloads a release of Pulumi with all its programs into `directory`. Returns the reason if it fails.
 * Uses curl, because it uses the machine's proxy and certificates.
 *
 * @param {string} version
 * @param {string} directory
 * @param {string} [from]
 * @returns {Promise<string | undefined>}
 */
export async function downloadPulumi(version, directory, from = releases) {
  const url = `${from}/pulumi-v${version}-${process.platform}-${process.arch}.tar.gz`;
  const archive = join(directory, "release.tar.gz");
  const limits = ["--connect-timeout", "5", "--speed-limit", "1000", "--speed-time", "20"];
  const fetched = await run("curl", ["-fsSL", ...limits, "-o", archive, url]);
  const unpacked = fetched.code === 0 ? await run("tar", ["-xzf", archive, "-C", directory]) : fetched;
  rmSync(archive, { force: true });
  if (unpacked.code !== 0) return unpacked.output.trim().split("\n").at(-1) || "it failed";
  // The archive contains one directory, `pulumi`, with a file of the same name.
  const release = join(directory, "release");
  renameSync(join(directory, "pulumi"), release);
  for (const file of readdirSync(release)) renameSync(join(release, file), join(directory, file));
  rmSync(release, { recursive: true });
  return undefined;
}
