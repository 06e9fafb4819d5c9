import { readFileSync } from "node:fs";
import { join } from "node:path";
import { missingFromLock } from "../../scripts/lib/missingFromLock.mjs";
import { root } from "../../scripts/lib/root.mjs";

const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));

test("the lock file names no registry, so that everybody's own is used", () => {
  const packages = Object.values<{ resolved?: string; link?: boolean }>(lock.packages);
  // The emulator's own directory is where its package comes from.
  expect(packages.filter(({ resolved }) => resolved)).toEqual([{ resolved: "emulator", link: true }]);
});

test("the lock file has the packages for every platform: `node scripts/completeLock.mjs` adds them", () => {
  expect(missingFromLock(lock)).toEqual([]);
});
