// Adds to package-lock.json the packages for other platforms that npm omitted. npm records only those for this platform
// (https://github.com/npm/cli/issues/4828), and then `npm ci` refuses the lock file on every platform.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingFromLock } from "./lib/missingFromLock.mjs";
import { root } from "./lib/root.mjs";

const file = join(root, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));

for (const { name, version, dev } of missingFromLock(lock)) {
  const { cpu, libc, os } = platformOf(name);
  lock.packages[`node_modules/${name}`] = { version, cpu, dev, libc, optional: true, os };
}
const { "": project, ...others } = lock.packages;
const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = { "": project, ...Object.fromEntries(sorted) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

/**
 * Such packages are named after their platform: `core-linux-arm64-gnu`.
 * @param {string} name
 */
function platformOf(name) {
  const [, os, cpu, abi] =
    /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name) ?? [];
  if (!os || !cpu) throw new Error(`The platform of ${name} is unknown. Add its entry to package-lock.json manually.`);
  const libc = os === "linux" && abi ? [abi.startsWith("musl") ? "musl" : "glibc"] : undefined;
  return { cpu: [cpu], libc, os: [os] };
}
