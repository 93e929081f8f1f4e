/**
 * Segments: `segment` has one row of each, of where it is read from; `segment_copy` those of archives beside it. The row
 * of the original stands before a copy's; when it goes, a copy takes its place and the timeline keeps its time.
 */
import type { SegmentRow } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import type { Direct } from "./database.ts";
import type { SegmentTable } from "./schema.ts";
import { noteDeleted } from "./receipt-retention.ts";
import { cutSpans } from "./spans.ts";
import { noteStored } from "./stored-hours.ts";

const rowOf = (segment: SegmentRow): SegmentTable => ({
  id: segment.id,
  volume_id: segment.volumeId,
  channel: segment.channel,
  stream: segment.stream,
  path: segment.path,
  boot_id: segment.bootId,
  start_instant: segment.startInstant,
  start_wall: segment.startWall,
  end_wall: segment.endWall,
  bytes: segment.bytes,
  access_units: segment.accessUnits,
  closed: segment.closed ? 1 : 0,
  trusted: segment.trusted ? 1 : 0,
  codec: segment.codec,
});

export function putSegment(db: Direct, segment: SegmentRow): void {
  const row = rowOf(segment);
  const known = segmentOf(db, segment.id);
  noteHour(db, row);
  const elsewhere = known !== undefined && known.volume_id !== row.volume_id;
  if (elsewhere && segment.copy === true) {
    putCopy(db, row);
    return;
  }
  // the original comes after its copy: a volume that was away is back, or the database is made anew
  if (elsewhere) putCopy(db, known);
  const query = db.build.insertInto("segment").values(row);
  db.run(query.onConflict((on) => on.column("id").doUpdateSet(row)));
}

/** Footage that is gone from everywhere leaves the timeline too. */
export function removeSegment(db: Direct, gone: Extract<StoreIntent, { kind: "segment-deleted" }>): void {
  const row = segmentOf(db, gone.id);
  if (row === undefined) return;
  if (gone.volumeId !== undefined && gone.volumeId !== row.volume_id) {
    dropCopy(db, gone.id, gone.volumeId);
    noteHour(db, row);
    return;
  }
  noteHour(db, row);
  db.run(db.build.deleteFrom("segment").where("id", "=", gone.id));
  const [copy] = db.all(db.build.selectFrom("segment_copy").selectAll().where("id", "=", gone.id).limit(1));
  if (copy !== undefined) {
    dropCopy(db, copy.id, copy.volume_id);
    db.run(db.build.insertInto("segment").values(copy));
    return;
  }
  noteDeleted(db, row.channel, row.start_wall, row.end_wall);
  if (row.stream === "main") cutSpans(db, row.channel, { from: row.start_wall, to: row.end_wall });
}

const noteHour = (db: Direct, { channel, start_wall }: SegmentTable): void =>
  noteStored(db, channel, { from: start_wall, to: start_wall });

const segmentOf = (db: Direct, id: string): SegmentTable | undefined =>
  db.all(db.build.selectFrom("segment").selectAll().where("id", "=", id))[0];

const dropCopy = (db: Direct, id: string, volumeId: string): void =>
  db.run(db.build.deleteFrom("segment_copy").where("id", "=", id).where("volume_id", "=", volumeId));

function putCopy(db: Direct, row: SegmentTable): void {
  const query = db.build.insertInto("segment_copy").values(row);
  db.run(query.onConflict((on) => on.columns(["id", "volume_id"]).doUpdateSet(row)));
}
