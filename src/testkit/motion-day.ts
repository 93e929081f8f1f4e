import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openMotionWriter } from "../platform/motion-file.ts";

/** Something that moves before a camera, for tests: cells as `packCells`. */
export interface MadeMotion {
  readonly wall: number;
  readonly intensity: number;
  readonly cells: Uint8Array;
}

/** Writes what moved before a camera as the detection process does; it was watched from `from` to `to`. */
export async function writeMotion(
  folder: string,
  { from, to, moved }: { readonly from: number; readonly to: number; readonly moved: readonly MadeMotion[] },
): Promise<void> {
  await using writer = openMotionWriter(folder);
  let next = 0;
  for (let wall = from; wall < to; wall += 1000) {
    writer.watched(wall);
    for (let one = moved[next]; one !== undefined && one.wall < wall + 1000; one = moved[++next])
      writer.moved(one.wall, one.intensity, one.cells);
    await writer.flush(wall);
  }
}

/** The largest file that a day can have: something moves in every second and every cell. Gives the records in it. */
export function writeWorstDay(folder: string, day: string): number {
  const [seconds, recordBytes] = [86_400, 54];
  const minutes = seconds / 60;
  const bytes = Buffer.alloc((seconds + minutes) * recordBytes, 0xff);
  let at = 0;
  for (let second = 0; second < seconds; second++) {
    bytes.writeUInt32LE((second | (200 << 24)) >>> 0, at);
    at += recordBytes;
    if (second % 60 !== 59) continue;
    bytes.fill(0, at, at + recordBytes);
    bytes.writeUInt32LE(second - 59, at);
    bytes.writeUInt16LE(60, at + 4);
    at += recordBytes;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${day}.motion`), bytes);
  return seconds + minutes;
}
