/** What an object in a bucket says of itself, so that an index that was lost can be made from the bucket alone. */
import { headsName } from "../../../domain/bucket-settings.ts";
import { BucketError, type Bucket, type Metadata } from "../../../bucket/port.ts";
import type { SegmentRow } from "../../../messages/recorder.ts";
import type { SegmentEnd } from "../../ports.ts";
import type { ClosedSegment } from "../port.ts";
import type { FoundCopy } from "./store.ts";

/** Name of the metadata (`x-amz-meta-reed-segment`). */
const rowName = "reed-segment";

/** The row without its path (the object's name) and its volume (the archive). */
export function metadataOf(segment: ClosedSegment): Metadata {
  const { id, channel, stream, bootId, startInstant, startWall, endWall } = segment;
  const { bytes, accessUnits, codec, cause, head, fragments } = segment;
  const row = { id, channel, stream, bootId, startInstant, startWall, endWall, bytes, accessUnits, codec, cause };
  return { [rowName]: JSON.stringify({ version: 1, ...row, head, fragments }) };
}

/** Undefined for an object of somebody else. Rejects when the store can't be asked. */
export async function rowOfObject(bucket: Bucket, volumeId: string, path: string): Promise<FoundCopy | undefined> {
  const facts = await bucket.head(path);
  const text = facts?.metadata[rowName];
  if (facts === undefined || text === undefined) return undefined;
  const found = parsed(text);
  if (found === undefined || found.bytes !== facts.bytes) return undefined;
  const { head, fragments, id, channel, stream, bootId, startInstant, startWall, endWall } = found;
  const { accessUnits, codec, cause, bytes } = found;
  const row: SegmentRow = {
    ...{ id, volumeId, channel, stream, path, bootId, startInstant, startWall, endWall, bytes, accessUnits, codec },
    ...{ closed: true, trusted: true, copy: true },
    ...(cause === undefined ? {} : { cause }),
  };
  return { row, end: { head, fragments } };
}

function parsed(text: string): (SegmentRow & SegmentEnd) | undefined {
  try {
    const value = JSON.parse(text) as SegmentRow & SegmentEnd & { version: number };
    const { version, id, head, startWall, endWall, channel, fragments } = value;
    const numbers = [startWall, endWall, channel, fragments, value.bytes, value.startInstant, value.accessUnits];
    const whole =
      version === 1 && typeof id === "string" && /^[0-9a-f]{64}$/.test(head) && numbers.every(Number.isFinite);
    return whole ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The heads go first: while the segment is listed it can be removed again. */
export async function removeObject(bucket: Bucket, name: string): Promise<void> {
  const heads = headsName(name);
  if (heads !== name) await bucket.remove(heads);
  try {
    await bucket.remove(name);
  } catch (error) {
    if (error instanceof BucketError && error.kind === "gone") return;
    throw error;
  }
}
