import type { DatabaseSync } from "node:sqlite";

/**
 * Opens a database for this process alone, as long as it is open: its lock goes with the process, however that ends.
 * A transaction is on the disk when its COMMIT returns.
 */
export function openDatabase(file: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** From here on it may be written. One sync of the disk for each transaction. */
export function prepareForWriting(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

/** All of it or nothing. */
export function inTransaction(database: DatabaseSync, write: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    write();
    database.exec("COMMIT");
  } catch (error) {
    // SQLite itself has rolled back where the disk is full or fails.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

// https://www.sqlite.org/rescode.html: the lower eight bits are the kind of the error.
const kinds: Record<number, "locked" | "damaged" | "not a database"> = {
  5: "locked",
  11: "damaged",
  26: "not a database",
};

/** Undefined: another one, such as a disk that is full. */
export function kindOfError(error: unknown): (typeof kinds)[number] | undefined {
  const { errcode = 0 } = error as { errcode?: number };
  return kinds[errcode & 0xff];
}

/** Node's own SQLite, without the warning that Node 22 prints at its first use. */
function loadSqlite(): typeof import("node:sqlite") {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...more: unknown[]) => {
    if (!/SQLite is an experimental feature/.test(String(warning)))
      Reflect.apply(emitWarning, process, [warning, ...more]);
  };
  try {
    return require("node:sqlite");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_UNKNOWN_BUILTIN_MODULE") throw error;
    throw new Error(
      `The emulator did not start: a data file needs Node.js 22.13 or later, and this is ${process.version}. Update ` +
        "Node.js, or start without a data file.",
    );
  } finally {
    process.emitWarning = emitWarning;
  }
}
