import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { step } from "./progress.mjs";
import { run } from "./run.mjs";

const releases = "https://get.pulumi.com/releases/sdk";

/**
 * Fetches a release of Pulumi, all its programs side by side, into `directory`. `false`: it cannot be reached.
 * With curl, because that knows the machine's proxy and certificates.
 *
 * @param {string} version
 * @param {string} directory
 * @param {string} [from]
 */
export async function downloadPulumi(version, directory, from = releases) {
  const url = `${from}/pulumi-v${version}-${process.platform}-${process.arch}.tar.gz`;
  const archive = join(directory, "release.tar.gz");
  const limits = ["--connect-timeout", "5", "--speed-limit", "1000", "--speed-time", "20"];
  let reason = "";
  await step(`Downloading Pulumi ${version}`, async () => {
    const fetched = await run("curl", ["-fsSL", ...limits, "-o", archive, url]);
    const unpacked = fetched.code === 0 ? await run("tar", ["-xzf", archive, "-C", directory]) : fetched;
    if (unpacked.code !== 0) reason = unpacked.output.trim().split("\n").at(-1) ?? "";
  });
  rmSync(archive, { force: true });
  if (reason) {
    console.log(`  Pulumi's own download is out of reach: ${reason}`);
    return false;
  }
  // The archive holds one directory, `pulumi`, on some platforms with `bin` in it; so does one of its files' name.
  const unpacked = join(directory, "unpacked");
  mkdirSync(unpacked);
  renameSync(join(directory, "pulumi"), unpacked);
  const home = readdirSync(unpacked).includes("bin") ? join(unpacked, "bin") : unpacked;
  for (const file of readdirSync(home)) renameSync(join(home, file), join(directory, file));
  rmSync(unpacked, { recursive: true });
  return true;
}
