import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { schemaSteps } from "./schema.ts";
import { storeTrouble, StoreTrouble } from "./store-trouble.ts";

/** One row, its values not yet known to be what they should. */
export type Row = Readonly<Record<string, unknown>>;

/** An open database whose errors say what to do. */
export type Database = {
  readonly path: string;
  /** The rows a statement gives. */
  all(sql: string, values?: readonly SQLInputValue[]): readonly Row[];
  /** How many rows a statement changed. */
  run(sql: string, values?: readonly SQLInputValue[]): number;
  /** All of it happens, or nothing; nobody else writes meanwhile. */
  whole<T>(work: () => T): T;
  close(): void;
};

/** Milliseconds for which another process's lock is waited out. */
const patienceMs = 5_000;

/** Opens the database, made or brought up to date where it has to be. Throws StoreTrouble. */
export function openDatabase(path: string, { busyMs = patienceMs } = {}): Database {
  return inWords(path, () => {
    if (path !== ":memory:") makeFolder(path);
    const sqlite = new DatabaseSync(path);
    try {
      sqlite.exec(`PRAGMA busy_timeout = ${busyMs}`);
      writeAhead(sqlite, busyMs);
      sqlite.exec("PRAGMA foreign_keys = ON");
      bringUp(path, sqlite);
      return around(path, sqlite);
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
}

const pauses = 50;

// SQLite does not wait out a lock for this one, which two that begin together both need.
function writeAhead(sqlite: DatabaseSync, busyMs: number): void {
  for (let pause = 0; ; pause += 1) {
    try {
      sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return;
    } catch (error) {
      if (pause === pauses || !isBusy(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs / pauses);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === 5;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The folder of the diary's database ${path} cannot be made: ${why}`;
    throw new StoreTrouble(message, { passing: false, cause: error });
  }
}

function inWords<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeTrouble(path, error);
  }
}

function versionOf(sqlite: DatabaseSync): number {
  return Number(sqlite.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

function bringUp(path: string, sqlite: DatabaseSync): void {
  const newest = schemaSteps.length;
  if (versionOf(sqlite) === newest) return;
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have done it while this one waited for the lock.
    const version = versionOf(sqlite);
    if (version > newest) {
      const message =
        `The diary's database ${path} has version ${version}, and this program knows ${newest}: ` +
        "take the newer program, or name another file with --db.";
      throw new StoreTrouble(message, { passing: false });
    }
    const foreign = sqlite.prepare("SELECT name FROM sqlite_schema LIMIT 1").get();
    if (version === 0 && foreign !== undefined) {
      const message =
        `The database ${path} holds something other than a diary: ` +
        "name another file with --db.";
      throw new StoreTrouble(message, { passing: false });
    }
    for (const step of schemaSteps.slice(version)) sqlite.exec(step);
    sqlite.exec(`PRAGMA user_version = ${newest}`);
    sqlite.exec("COMMIT");
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
    throw error;
  }
}

function around(path: string, sqlite: DatabaseSync): Database {
  const statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  const prepared = (sql: string): ReturnType<DatabaseSync["prepare"]> => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    path,
    all: (sql, values = []) => inWords(path, () => prepared(sql).all(...values)),
    run: (sql, values = []) => inWords(path, () => Number(prepared(sql).run(...values).changes)),
    whole(work) {
      return inWords(path, () => {
        sqlite.exec("BEGIN IMMEDIATE");
        try {
          const result = work();
          sqlite.exec("COMMIT");
          return result;
        } catch (error) {
          if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
          throw error;
        }
      });
    },
    close() {
      if (sqlite.isOpen) sqlite.close();
    },
  };
}
