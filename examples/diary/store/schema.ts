/**
 * What each version of the database added to the one before; a database is brought up step by
 * step. A step that was ever in use is never changed.
 */
export const schemaSteps: readonly string[] = [
  // 1: events with what became of each, and the entries.
  `CREATE TABLE days (
     user TEXT NOT NULL, day TEXT NOT NULL, quota INTEGER NOT NULL,
     PRIMARY KEY (user, day)
   ) STRICT;
   CREATE TABLE holidays (
     user TEXT NOT NULL, holiday TEXT NOT NULL, date TEXT NOT NULL, chosen INTEGER NOT NULL,
     PRIMARY KEY (user, holiday, date)
   ) STRICT;
   CREATE TABLE events (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     user TEXT NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL,
     name TEXT NOT NULL, type TEXT, context TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN
       ('refused', 'skipped', 'later', 'reserved', 'queued', 'written')),
     reason TEXT NOT NULL, detail TEXT NOT NULL,
     free INTEGER NOT NULL DEFAULT 0, uses_place INTEGER NOT NULL DEFAULT 1,
     due INTEGER, holder TEXT, told_at INTEGER NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX one_a_type ON events (user, day, type)
     WHERE state IN ('reserved', 'queued', 'written') AND free = 0;
   CREATE INDEX events_by_due ON events (due) WHERE due IS NOT NULL;
   CREATE INDEX events_by_day ON events (user, day);
   CREATE TABLE entries (
     event TEXT PRIMARY KEY REFERENCES events (id),
     title TEXT NOT NULL, content TEXT NOT NULL, tags TEXT NOT NULL,
     source TEXT NOT NULL CHECK (source IN ('model', 'repaired', 'fallback')),
     provider TEXT, model TEXT, attempts INTEGER NOT NULL,
     notes TEXT NOT NULL, written_at INTEGER NOT NULL
   ) STRICT;`,
  // 2: what an entry cost, and which prompt asked for it.
  `ALTER TABLE entries ADD COLUMN prompt_version TEXT NOT NULL DEFAULT 'unknown';
   ALTER TABLE entries ADD COLUMN input_tokens INTEGER;
   ALTER TABLE entries ADD COLUMN output_tokens INTEGER;
   ALTER TABLE entries ADD COLUMN cost REAL;
   CREATE INDEX entries_by_time ON entries (written_at);`,
];
