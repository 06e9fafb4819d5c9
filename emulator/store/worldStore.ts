import { closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isMap } from "node:util/types";
import { crc32 } from "node:zlib";
import type { World } from "../state/world.js";
import { decode, encode } from "./encode.js";
import { inTransaction, kindOfError, openDatabase, prepareForWriting } from "./sqlite.js";
import { TrackedMap } from "./trackedMap.js";

/** Where a world is stored. */
export interface WorldStore {
  /** The world that was stored, or the empty one. */
  world: World;
  isNew: boolean;
  /** Stores another world from now on. @returns that world, as it has to be used */
  replace(world: World): World;
  /** All changes so far are on the disk when this resolves. */
  flush(): Promise<void>;
  /** Lets go of the file. With false, what has not been flushed yet is dropped. */
  close(flush?: boolean): Promise<void>;
}

/**
 * Raised when worlds that are in files already would no longer be understood. Format 1 was a log of JSON lines. Format 2 had no
 * `unlocked` in Recovery Services vaults, and of their soft-deleted items the time of the purge in place of that of the deletion.
 */
const format = 3;

/** "AzBk", by which SQLite's own tools tell the file from other databases. */
const applicationId = 0x417a426b;

/** An entry of a map of the world, or with an empty key a member that is no map. In the order of coming. */
const schema = `
CREATE TABLE entries (
  position INTEGER PRIMARY KEY,
  member TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  UNIQUE (member, key)
);
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${format};
`;

interface Entry {
  member: string;
  key: string;
  value: string;
  checksum: number;
}

/**
 * Stores a world in a database of one file, whose changes are on the disk before anybody gets an answer that shows
 * them. Only what a request has touched is looked at.
 */
export function openWorldStore(path: string, empty: World): WorldStore {
  const file = resolve(path);
  const directory = dirname(file);
  if (!existsSync(directory)) throw notStarted(`there is no directory ${directory}.`);
  refuseFormatOne(file);
  const isOurs = !existsSync(file);
  // It may hold the private parts of keys.
  if (isOurs) closeSync(openSync(file, "a", 0o600));
  const database = opened(file);
  try {
    const isNew = database.prepare("SELECT 1 FROM sqlite_master").get() === undefined;
    const world = isNew ? empty : read(database, file, empty);
    return { isNew, ...storing(database, file, world, isNew, isOurs) };
  } catch (error) {
    database.close();
    throw kindOfError(error) === "damaged" ? damaged(file) : error;
  }
}

function opened(file: string): DatabaseSync {
  try {
    return openDatabase(file);
  } catch (error) {
    const kind = kindOfError(error);
    if (kind === "locked") {
      throw notStarted(`another emulator uses ${file}. Stop that emulator, or choose another file.`);
    }
    if (kind === "damaged") throw damaged(file);
    throw kind === "not a database" ? notOurs(file) : error;
  }
}

function read(database: DatabaseSync, file: string, world: World): World {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (pragma("application_id") !== applicationId) throw notOurs(file);
  if (pragma("user_version") !== format) throw otherFormat(file, Number(pragma("user_version")));
  if (pragma("integrity_check(1)") !== "ok") throw damaged(file);
  const members = world as unknown as Record<string, unknown>;
  for (const row of database.prepare("SELECT member, key, value, checksum FROM entries ORDER BY position").iterate()) {
    const { member, key, value, checksum } = row as unknown as Entry;
    if (checksumOf(member, key, value) !== checksum) throw damaged(file);
    const present = members[member];
    if (present === undefined) {
      throw notStarted(
        `${file} contains "${member}", which this version does not know. Use the version of azure-backup-emulator that ` +
          "wrote the file, or choose another file.",
      );
    }
    if (isMap(present)) present.set(decode(key), decode(value));
    else members[member] = decode(value);
  }
  return world;
}

function storing(
  database: DatabaseSync,
  file: string,
  first: World,
  isNew: boolean,
  isOurs: boolean,
): Omit<WorldStore, "isNew"> {
  let world = tracked(first);
  /** The file says something else altogether, or nothing yet. */
  let isOther = isNew;
  let hasSchema = !isNew;
  let next: Promise<void> | undefined;
  prepareForWriting(database);

  function write(): void {
    if (!hasSchema) database.exec(schema);
    if (isOther) database.exec("DELETE FROM entries");
    const remove = database.prepare("DELETE FROM entries WHERE member = ? AND key = ?");
    const set = database.prepare(
      "INSERT INTO entries (member, key, value, checksum) VALUES (?, ?, ?, ?) ON CONFLICT (member, key) " +
        "DO UPDATE SET value = excluded.value, checksum = excluded.checksum WHERE value <> excluded.value",
    );
    const put = (member: string, key: string, value: string) =>
      set.run(member, key, value, checksumOf(member, key, value));
    for (const [member, value] of Object.entries(world)) {
      if (!(value instanceof TrackedMap)) put(member, "", encode(value));
      else {
        const touched = value.takeTouched();
        const changed = isOther ? [...value.keys()].map((name): [string, boolean] => [name, true]) : touched;
        for (const [name, keptPlace] of changed) {
          const key = encode(name);
          const entry = value.peek(name);
          if (entry === undefined || !keptPlace) remove.run(member, key);
          if (entry !== undefined) put(member, key, encode(entry));
        }
      }
    }
  }

  function flushNow(): void {
    try {
      inTransaction(database, write);
      isOther = false;
      hasSchema = true;
    } catch (error) {
      // What was touched is forgotten by now: the next time, all is written.
      isOther = true;
      throw new Error(`The data file ${file} could not be written: ${(error as Error).message}`);
    }
  }

  /** Requests that come in the same moment share a transaction. */
  function flush(): Promise<void> {
    next ??= new Promise<void>((done) => setImmediate(done)).then(() => {
      next = undefined;
      flushNow();
    });
    return next;
  }

  return {
    world,
    replace(other) {
      world = tracked(other);
      isOther = true;
      return world;
    },
    flush,
    async close(flushes = true) {
      try {
        if (flushes) await flush();
      } finally {
        database.close();
        if (!hasSchema && isOurs) rmSync(file, { force: true });
      }
    },
  };
}

function tracked(world: World): World {
  const members = Object.entries(world).map(([name, value]) => {
    if (!isMap(value)) return [name, value];
    const map = new TrackedMap();
    for (const [key, entry] of value as Map<string, unknown>) map.set(key, entry);
    map.takeTouched();
    return [name, map];
  });
  return Object.fromEntries(members) as World;
}

/** SQLite finds pages that do not fit together, and not a value that is another than was written. */
function checksumOf(member: string, key: string, value: string): number {
  return crc32(`${member}\n${key}\n${value}`);
}

function refuseFormatOne(file: string): void {
  if (!existsSync(file)) return;
  const start = Buffer.alloc(64);
  const handle = openSync(file, "r");
  readSync(handle, start);
  closeSync(handle);
  const [, found] = /^\{"azureBackupEmulator":(\d+)\}\n/.exec(start.toString("latin1")) ?? [];
  if (found !== undefined) throw otherFormat(file, Number(found));
}

function notStarted(fact: string): Error {
  return new Error(`The emulator did not start: ${fact}`);
}

function damaged(file: string): Error {
  return notStarted(`${file} is damaged. Restore it from a copy, or delete it to start with an empty Azure.`);
}

function notOurs(file: string): Error {
  return notStarted(
    `${file} is not a data file of the emulator. Choose a file that does not exist yet, or one that the emulator wrote.`,
  );
}

function otherFormat(file: string, found: number): Error {
  return notStarted(
    `${file} has format ${found}, and this version reads format ${format}. To keep what it contains, use the version ` +
      "of the emulator that wrote it; otherwise choose another file.",
  );
}
