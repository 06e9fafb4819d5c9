import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Locks that this process holds: after a restart of its container, another process had the same number. */
const held = new Set<string>();

/** Takes a file for this process alone. @returns how to let go of it */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  const other = tryLock(lock);
  if (other !== undefined) {
    throw new Error(
      `The emulator did not start: process ${other} keeps its data in ${file} already. Stop that one, or choose ` +
        `another file. (If it is no emulator: delete ${lock}.)`,
    );
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    rmSync(lock, { force: true });
  };
}

/** @returns the process that has it */
function tryLock(lock: string): number | undefined {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = ownerOf(lock);
    if (owner !== undefined && isRunning(owner, lock)) return owner;
    takeAway(lock);
  }
}

/** Only the lock that was seen to be left behind: someone else may have taken it away, and its place, since. */
function takeAway(lock: string): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const owner = ownerOf(aside);
  if (owner !== undefined && isRunning(owner, lock)) renameSync(aside, lock);
  else rmSync(aside);
}

function ownerOf(lock: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(owner: number, lock: string): boolean {
  if (owner === process.pid) return held.has(lock);
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // It runs, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
