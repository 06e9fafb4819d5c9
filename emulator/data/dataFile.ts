import { existsSync, readFileSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isMap } from "node:util/types";
import type { World } from "../state/world.js";
import { encode } from "./encode.js";
import { type Change, header, lineOf, readLines } from "./lines.js";
import { lockFile } from "./lockFile.js";
import { TrackedMap } from "./trackedMap.js";

/** Where a world is kept. */
export interface Keeping {
  /** The world that was kept, or the empty one. */
  world: World;
  isNew: boolean;
  /** Keeps another world from now on. @returns that world, as it has to be used */
  keep(world: World): World;
  /** All changes so far are kept when this resolves. */
  kept(): Promise<void>;
  /** Lets go of the file. With false, what has not been kept yet is not. */
  close(keep?: boolean): Promise<void>;
}

type Members = Record<string, unknown>;

/** The log is written anew when it holds this many bytes more than four worlds. */
const smallLog = 4 * 1024 * 1024;

/**
 * Keeps a world in a file: a log with a line for every moment in which something changed, on the disk before anybody
 * gets an answer that shows it. Only what a request has touched is looked at.
 */
export function openDataFile(path: string, empty: World): Keeping {
  const file = resolve(path);
  const directory = dirname(file);
  if (!existsSync(directory)) throw new Error(`The emulator did not start: there is no directory ${directory}.`);
  const unlock = lockFile(file);
  try {
    const isNew = !existsSync(file);
    const world = isNew ? empty : read(file, empty);
    return { isNew, ...keeper(file, directory, world, unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

function read(file: string, world: World): World {
  const members = world as unknown as Members;
  for (const [member, key, ...value] of readLines(file, readFileSync(file, "utf8"))) {
    const present = members[member];
    if (present === undefined) {
      throw new Error(
        `The emulator did not start: ${file} holds "${member}", which this emulator does not know. Use the version of ` +
          "pulumi-azure-backup that wrote it, or choose another file.",
      );
    }
    if (!isMap(present)) members[member] = value[0];
    else if (value.length === 0) present.delete(key);
    else present.set(key, value[0]);
  }
  return world;
}

function keeper(file: string, directory: string, first: World, unlock: () => void): Omit<Keeping, "isNew"> {
  let world = tracked(first);
  /** What the file says: the text of every entry. */
  let texts = new Map<string, Map<string | undefined, string>>();
  let log: FileHandle | undefined;
  /** The file holds another world: a log cannot go on from there. */
  let isOther = true;
  let logged = 0;
  let limit = 0;
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  /** What has changed since the file was written. */
  function changes(): Change[] {
    const found: Change[] = [];
    for (const [member, value] of Object.entries(world)) {
      const known = texts.get(member) ?? new Map<string | undefined, string>();
      texts.set(member, known);
      const note = (key: string | undefined, text: string | undefined, place: boolean) => {
        const before = known.get(key);
        if (before === text && place) return;
        if (before !== undefined && (text === undefined || !place)) {
          known.delete(key);
          found.push({ member, key });
        }
        if (text === undefined) return;
        known.set(key, text);
        found.push({ member, key, value: text });
      };
      if (!(value instanceof TrackedMap)) note(undefined, encode(value), true);
      else {
        for (const [key, place] of value.takeTouched()) {
          const entry = value.peek(key);
          note(key, entry === undefined ? undefined : encode(entry), place);
        }
      }
    }
    return found;
  }

  async function write(): Promise<void> {
    const found = changes();
    if (log === undefined || isOther || logged > limit) return writeWhole();
    if (found.length === 0) return;
    const line = Buffer.from(lineOf(found));
    try {
      await log.appendFile(line);
      await log.datasync();
      logged += line.length;
    } catch (error) {
      // Half a line may stand there: the next time, all is written anew.
      await closeLog();
      throw new Error(`The data file ${file} could not be written: ${(error as Error).message}`);
    }
  }

  /** Beside the file, and in its place when it is whole. */
  async function writeWhole(): Promise<void> {
    const all: Change[] = [];
    for (const [member, known] of texts) for (const [key, value] of known) all.push({ member, key, value });
    const text = Buffer.from(header + lineOf(all));
    // From here on others go on: a world that takes this one's place meanwhile is written next.
    isOther = false;
    await closeLog();
    // It may hold the private parts of keys.
    const part = await open(`${file}.part`, "w", 0o600);
    try {
      await part.writeFile(text);
      await part.sync();
    } finally {
      await part.close();
    }
    await rename(`${file}.part`, file);
    await syncDirectory(directory);
    log = await open(file, "a");
    logged = 0;
    limit = 4 * text.length + smallLog;
  }

  async function closeLog(): Promise<void> {
    const closing = log;
    log = undefined;
    await closing?.close();
  }

  /** Requests that come while the disk is busy share the next write. */
  function kept(): Promise<void> {
    if (writing === undefined) {
      writing = write().finally(() => {
        writing = undefined;
      });
      return writing;
    }
    next ??= writing
      .catch(() => {})
      .then(() => {
        next = undefined;
        return kept();
      });
    return next;
  }

  return {
    world,
    keep(other) {
      world = tracked(other);
      texts = new Map();
      isOther = true;
      return world;
    },
    kept,
    async close(keep = true) {
      try {
        if (keep) await kept();
      } finally {
        await closeLog();
        unlock();
      }
    },
  };
}

/** All entries count as touched at first. */
function tracked(world: World): World {
  const members = Object.entries(world).map(([name, value]) => {
    if (!isMap(value)) return [name, value];
    const map = new TrackedMap();
    for (const [key, entry] of value as Map<string, unknown>) map.set(key, entry);
    return [name, map];
  });
  return Object.fromEntries(members) as World;
}

/** So that the new name of the file is on the disk. Windows has no such thing. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
