import type { Database } from "better-sqlite3";

/** Numbered by their place, forward only. A step that was released is never edited; a change is a new step. */
const steps: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE config (part TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (part, id)) STRICT;
  CREATE TABLE receipt (
    event_id TEXT PRIMARY KEY, input INTEGER NOT NULL, kind TEXT NOT NULL, at_wall REAL NOT NULL,
    armed INTEGER NOT NULL, alarm_id TEXT, closed_at REAL, json TEXT NOT NULL) STRICT;
  CREATE INDEX receipt_by_time ON receipt (at_wall, event_id);
  CREATE INDEX receipt_by_input ON receipt (input, at_wall, event_id);
  CREATE INDEX receipt_open ON receipt (at_wall) WHERE closed_at IS NULL;
  CREATE TABLE segment (
    id TEXT PRIMARY KEY, volume_id TEXT NOT NULL, channel INTEGER NOT NULL, stream TEXT NOT NULL, path TEXT NOT NULL,
    boot_id TEXT NOT NULL, start_instant REAL NOT NULL, start_wall REAL NOT NULL, end_wall REAL NOT NULL,
    bytes INTEGER NOT NULL, access_units INTEGER NOT NULL, closed INTEGER NOT NULL, trusted INTEGER NOT NULL,
    codec TEXT NOT NULL) STRICT;
  CREATE INDEX segment_by_time ON segment (channel, stream, start_wall);
  CREATE TABLE span (
    channel INTEGER NOT NULL, cause TEXT NOT NULL, from_wall REAL NOT NULL, to_wall REAL NOT NULL, event_id TEXT,
    PRIMARY KEY (channel, cause, from_wall)) STRICT, WITHOUT ROWID;
  CREATE TABLE gap (
    channel INTEGER NOT NULL, from_wall REAL NOT NULL, to_wall REAL NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (channel, from_wall)) STRICT, WITHOUT ROWID;
  CREATE TABLE trouble (
    key TEXT NOT NULL, since REAL NOT NULL, what TEXT NOT NULL, ended REAL, PRIMARY KEY (key, since)) STRICT;
  CREATE INDEX trouble_by_time ON trouble (since);
  CREATE TABLE arming (id INTEGER PRIMARY KEY, at REAL NOT NULL, armed INTEGER NOT NULL, by TEXT NOT NULL) STRICT;
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, actor_kind TEXT NOT NULL, actor_name TEXT NOT NULL, what TEXT NOT NULL,
    details TEXT NOT NULL) STRICT;
  CREATE TABLE user (
    name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password_hash TEXT NOT NULL,
    created_at REAL NOT NULL) STRICT;
  CREATE TABLE session (
    token_hash TEXT PRIMARY KEY, user TEXT NOT NULL COLLATE NOCASE, created_at REAL NOT NULL,
    expires_at REAL NOT NULL) STRICT;
  CREATE INDEX session_by_user ON session (user);
  CREATE TABLE api_key (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, key_hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
    created_at REAL NOT NULL) STRICT;
  `,
  `
  CREATE TABLE alarm (
    alarm_id TEXT PRIMARY KEY, input INTEGER NOT NULL, name TEXT NOT NULL, at_wall REAL NOT NULL,
    last_wall REAL NOT NULL, state TEXT NOT NULL, is_new INTEGER NOT NULL, acknowledged_at REAL, acknowledged_by TEXT,
    resolved_at REAL, resolved_by TEXT, note TEXT) STRICT;
  CREATE INDEX alarm_in_order ON alarm (is_new, at_wall, alarm_id);
  CREATE INDEX receipt_by_alarm ON receipt (alarm_id, at_wall) WHERE alarm_id IS NOT NULL;
  CREATE TABLE footage_lock (
    id TEXT PRIMARY KEY, channel INTEGER NOT NULL, from_wall REAL NOT NULL, to_wall REAL NOT NULL, reason TEXT NOT NULL,
    by TEXT NOT NULL, at REAL NOT NULL, alarm_id TEXT, released_at REAL, released_by TEXT) STRICT;
  INSERT INTO alarm (alarm_id, input, name, at_wall, last_wall, state, is_new)
    SELECT alarm_id, input, coalesce(min(json_extract(json, '$.edge.inputName')), ''), min(at_wall), max(at_wall), 'new', 1
    FROM receipt WHERE alarm_id IS NOT NULL AND kind <> 'cleared' GROUP BY alarm_id;
  `,
  // rights (NULL: all channels) and preferences of a user; whence a session came and when it was seen; one-time links
  `
  ALTER TABLE user ADD COLUMN rights TEXT;
  ALTER TABLE user ADD COLUMN preferences TEXT;
  ALTER TABLE session ADD COLUMN seen_at REAL;
  ALTER TABLE session ADD COLUMN address TEXT;
  ALTER TABLE session ADD COLUMN agent TEXT;
  CREATE TABLE login_link (
    link_hash TEXT PRIMARY KEY, user TEXT NOT NULL COLLATE NOCASE, expires_at REAL NOT NULL) STRICT;
  `,
  // walk tests, running and past; the receipts of their trips are found by `edge.walk`
  `
  CREATE TABLE walk_test (walk_id TEXT PRIMARY KEY, since REAL NOT NULL, ended_at REAL, json TEXT NOT NULL) STRICT;
  CREATE INDEX walk_test_in_order ON walk_test (since);
  `,
  // what a volume's cleaner takes next
  `
  CREATE INDEX segment_by_volume ON segment (volume_id, start_wall);
  `,
  // numbers are never given again: receipts, rights and other lists may still name what had one
  `
  CREATE TABLE number_given (part TEXT PRIMARY KEY, highest INTEGER NOT NULL) STRICT;
  INSERT INTO number_given (part, highest)
    SELECT part, max(CAST(id AS INTEGER)) FROM config WHERE part NOT IN ('site', 'volume') GROUP BY part;
  `,
  // copies in archives, of segments that still lie where they were recorded: one takes that place when it is gone
  `
  CREATE TABLE segment_copy (
    id TEXT NOT NULL, volume_id TEXT NOT NULL, channel INTEGER NOT NULL, stream TEXT NOT NULL, path TEXT NOT NULL,
    boot_id TEXT NOT NULL, start_instant REAL NOT NULL, start_wall REAL NOT NULL, end_wall REAL NOT NULL,
    bytes INTEGER NOT NULL, access_units INTEGER NOT NULL, closed INTEGER NOT NULL, trusted INTEGER NOT NULL,
    codec TEXT NOT NULL, PRIMARY KEY (id, volume_id)) STRICT;
  CREATE INDEX segment_copy_by_volume ON segment_copy (volume_id, start_wall);
  `,
  // places in the footage that people want to find again
  `
  CREATE TABLE bookmark (
    id TEXT PRIMARY KEY, at REAL NOT NULL, end REAL NOT NULL, channels TEXT NOT NULL, note TEXT NOT NULL,
    by TEXT NOT NULL, made_at REAL NOT NULL) STRICT;
  CREATE INDEX bookmark_in_order ON bookmark (at);
  `,
  // sums of what is read again and again: of runs by hour and day, of bytes by hour; and what long tables are looked up by
  `
  CREATE TABLE span_part (
    channel INTEGER NOT NULL, cause TEXT NOT NULL, unit INTEGER NOT NULL, part INTEGER NOT NULL, covered REAL NOT NULL,
    PRIMARY KEY (channel, cause, unit, part)) STRICT, WITHOUT ROWID;
  INSERT INTO span_part (channel, cause, unit, part, covered)
    WITH RECURSIVE piece (channel, cause, from_wall, to_wall, part) AS (
      SELECT channel, cause, from_wall, to_wall, CAST(from_wall / 3600000 AS INTEGER) FROM span
      UNION ALL
      SELECT channel, cause, from_wall, to_wall, part + 1 FROM piece WHERE (part + 1) * 3600000 < to_wall)
    SELECT channel, cause, 3600000, part, sum(min(to_wall, (part + 1) * 3600000) - max(from_wall, part * 3600000))
    FROM piece GROUP BY channel, cause, part;
  INSERT INTO span_part (channel, cause, unit, part, covered)
    SELECT channel, cause, 86400000, part / 24, sum(covered) FROM span_part GROUP BY channel, cause, part / 24;
  CREATE TABLE stored_hour (
    channel INTEGER NOT NULL, hour INTEGER NOT NULL, volume_id TEXT NOT NULL, cause TEXT NOT NULL, copy INTEGER NOT NULL,
    bytes INTEGER NOT NULL, from_wall REAL NOT NULL, to_wall REAL NOT NULL,
    PRIMARY KEY (channel, hour, volume_id, cause, copy)) STRICT, WITHOUT ROWID;
  CREATE TABLE stored_change (
    hour INTEGER NOT NULL, channel INTEGER NOT NULL, PRIMARY KEY (hour, channel)) STRICT, WITHOUT ROWID;
  INSERT INTO stored_change (hour, channel)
    SELECT CAST(start_wall / 3600000 AS INTEGER), channel FROM segment
    UNION SELECT CAST(start_wall / 3600000 AS INTEGER), channel FROM segment_copy;
  CREATE INDEX segment_copy_by_time ON segment_copy (channel, stream, start_wall);
  CREATE INDEX gap_long ON gap (channel, from_wall) WHERE to_wall - from_wall >= 3600000;
  CREATE INDEX trouble_open ON trouble (since) WHERE ended IS NULL;
  `,
  // receipts that called nobody go with their footage: when to look, what was deleted, what the journal has still
  `
  ALTER TABLE receipt ADD COLUMN due_wall REAL;
  UPDATE receipt SET due_wall = at_wall + 86400000
    WHERE closed_at IS NOT NULL AND alarm_id IS NULL AND kind <> 'cleared' AND json_extract(json, '$.edge.cause') IS NOT NULL;
  DROP INDEX receipt_open;
  CREATE INDEX receipt_open ON receipt (at_wall, event_id) WHERE closed_at IS NULL;
  CREATE INDEX receipt_due ON receipt (due_wall) WHERE due_wall IS NOT NULL;
  CREATE INDEX receipt_named ON receipt (json_extract(json, '$.graver.eventId'))
    WHERE json_extract(json, '$.graver.eventId') IS NOT NULL;
  CREATE TABLE deleted_hour (
    hour INTEGER NOT NULL, channel INTEGER NOT NULL, PRIMARY KEY (hour, channel)) STRICT, WITHOUT ROWID;
  CREATE TABLE swept (
    day INTEGER NOT NULL, event_id TEXT NOT NULL, on_day INTEGER NOT NULL, PRIMARY KEY (day, event_id)) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings a database to the newest schema, each step in a transaction of its own together with its version number.
 * `to`: an older one, for tests. Throws on a database that a newer version of Reed has written: going back is not possible.
 */
export function migrate(database: Database, to = steps.length): void {
  const version = database.pragma("user_version", { simple: true }) as number;
  if (version > steps.length) {
    throw new Error(
      `${database.name} was written by a newer Reed (schema ${version}, this one knows ${steps.length}). ` +
        "Start the newer version, or put back the backup that was made before the update.",
    );
  }
  steps.slice(version, to).forEach((sql, index) => {
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${version + index + 1}`);
    })();
  });
}
