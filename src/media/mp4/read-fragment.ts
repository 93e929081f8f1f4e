import { type Result, err, ok } from "../../kernel/result.ts";
import { findBox, readBox, readBoxes, readBoxHeader } from "./read-boxes.ts";
import { emptyTable } from "./sample-table.ts";
import { audioTrackId, type Box, type ParsedFragment, type SampleTable, videoTrackId } from "./types.ts";

const sampleBytes = 16;
const runFlags = 0xf01;
const nonSync = 0x10000;

/**
 * Reads the moof at `start` and the header of the mdat behind it. `fileOffset` is the place of `bytes[0]` in the file.
 * The mdat's body need not be there. Only what `buildFragment` writes is read: one run a track with all columns;
 * every sample must lie in the mdat.
 */
export function parseFragment(bytes: Uint8Array, start: number, fileOffset: number): Result<ParsedFragment> {
  const moof = readBox(bytes, start);
  if (!moof.ok) return moof;
  if (moof.value.type !== "moof") return err(`mp4: ${moof.value.type} where a moof should be`);
  const mdat = readBoxHeader(bytes, moof.value.end);
  if (!mdat.ok) return mdat;
  if (mdat.value.type !== "mdat") return err(`mp4: ${mdat.value.type} where an mdat should be`);
  const boxes = readBoxes(bytes, moof.value.body, moof.value.end);
  if (!boxes.ok) return boxes;
  const header = boxes.value.find((box) => box.type === "mfhd");
  if (header === undefined || header.end - header.body < 8) return err("mp4: moof without mfhd");
  const tables = new Map<number, SampleTable>();
  for (const traf of boxes.value.filter((box) => box.type === "traf")) {
    const table = readTraf(bytes, traf, moof.value, mdat.value, fileOffset);
    if (!table.ok) return table;
    tables.set(table.value.id, table.value.table);
  }
  const video = tables.get(videoTrackId);
  const audio = tables.get(audioTrackId);
  return ok({
    sequence: viewOf(bytes).getUint32(header.body + 4),
    ...(video === undefined ? {} : { video }),
    ...(audio === undefined ? {} : { audio }),
    start: fileOffset + start,
    end: fileOffset + mdat.value.end,
  });
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readTraf(
  bytes: Uint8Array,
  traf: Box,
  moof: Box,
  mdat: Box,
  fileOffset: number,
): Result<{ id: number; table: SampleTable }> {
  const view = viewOf(bytes);
  const [tfhd, tfdt, trun] = ["tfhd", "tfdt", "trun"].map((type) => findBox(bytes, [type], traf.body, traf.end));
  if (tfhd === undefined || tfdt === undefined || trun === undefined) return err("mp4: traf without tfhd, tfdt, trun");
  if (tfhd.end - tfhd.body < 8 || tfdt.end - tfdt.body < 12 || trun.end - trun.body < 12) {
    return err("mp4: traf with boxes too short");
  }
  const count = view.getUint32(trun.body + 4);
  if ((view.getUint32(trun.body) & 0xffffff) !== runFlags || trun.end - trun.body !== 12 + count * sampleBytes) {
    return err("mp4: a track run of another shape");
  }
  const baseDts = view.getUint32(tfdt.body + 4) * 2 ** 32 + view.getUint32(tfdt.body + 8);
  const first = moof.start + view.getInt32(trun.body + 8);
  const table = emptyTable(count);
  let offset = first;
  let dts = baseDts;
  for (let i = 0, at = trun.body + 12; i < count; i++, at += sampleBytes) {
    const size = view.getUint32(at + 4);
    table.offset[i] = fileOffset + offset;
    table.size[i] = size;
    table.dts[i] = dts;
    table.duration[i] = view.getUint32(at);
    table.cts[i] = view.getInt32(at + 12);
    table.key[i] = (view.getUint32(at + 8) & nonSync) === 0 ? 1 : 0;
    offset += size;
    dts += view.getUint32(at);
  }
  if (first < mdat.body || offset > mdat.end) return err("mp4: a sample lies outside the mdat");
  return ok({ id: view.getUint32(tfhd.body + 4), table });
}
