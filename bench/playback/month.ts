import { existsSync, linkSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tokenHash } from "../../src/api/auth/secrets.ts";
import { instant, wallTime } from "../../src/kernel/time.ts";
import { h264Parameters } from "../../src/media/codec/h264.ts";
import { buildFragment } from "../../src/media/mp4/fragment.ts";
import { initSegment } from "../../src/media/mp4/init-segment.ts";
import { uuidBox } from "../../src/media/mp4/user-box.ts";
import { encodeTrailer, fragmentBoxType, uuidBytes } from "../../src/recorder/recording/segment-format.ts";
import { applyIntent } from "../../src/store/apply.ts";
import { directOver, openForWriting } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { setsOf } from "../../src/testkit/nal-units.ts";
import { channelRow, segmentRow } from "../../src/testkit/store-rows.ts";

export const segmentMs = 300_000;
export const days = 30;
const fps = 25;

/** A file as the recorder writes it: five minutes, a fragment a second, a key frame every two, of this many bytes a second. */
function segmentFile(bytesPerSecond: number): Uint8Array {
  const [sps = new Uint8Array(), pps = new Uint8Array()] = setsOf.h264;
  const video = h264Parameters(sps, pps);
  if (!video.ok) throw new Error(video.error);
  const parts: Uint8Array[] = [initSegment({ video: video.value })];
  for (let second = 0; second < segmentMs / 1000; second++) {
    const samples = Array.from({ length: fps }, (_, i) => {
      const key = i === 0 && second % 2 === 0;
      const data = new Uint8Array(Math.round(((key ? 8 : 1) * bytesPerSecond) / (fps + 3.5))).fill(i + 1);
      const dts = second * 90_000 + i * (90_000 / fps);
      return { data, dts, pts: dts, key };
    });
    const track = { baseDts: second * 90_000, samples, lastDuration: 90_000 / fps };
    const { head, slices } = buildFragment({ sequence: second + 1, video: track });
    const times = { firstArrival: instant(0), lastArrival: instant(0), firstWall: wallTime(0), lastWall: wallTime(0) };
    const facts = {
      crc: 0,
      chain: new Uint8Array(32),
      ...times,
      videoUnits: fps,
      audioUnits: 0,
      flags: 0,
      keyArrivals: [],
    };
    parts.push(head, ...slices, uuidBox(uuidBytes(fragmentBoxType), encodeTrailer(facts)));
  }
  return Buffer.concat(parts);
}

export interface Month {
  /** The first moment. */
  readonly from: number;
  /** May read. */
  readonly key: string;
  /** Everything that the answers are read from. */
  readonly files: readonly string[];
}

export interface MonthOptions {
  readonly bytesPerSecond: number;
  /** So many different files; the other names are links to them. */
  readonly distinct: number;
  readonly channels: number;
}

/** A month of some cameras in a new data folder: a row for every five minutes of each, and a file name for each. */
export function makeMonth(data: string, { bytesPerSecond, distinct, channels }: MonthOptions): Month {
  const volume = join(data, "footage");
  const from = 1_790_000_000_000;
  const key = "reed_bench";
  mkdirSync(volume, { recursive: true });
  const database = openForWriting(join(data, "reed.db"));
  migrate(database);
  const db = directOver(database);
  const file = segmentFile(bytesPerSecond);
  database.transaction(() => {
    const value = { id: "v", path: volume, maxShare: 0.8, keepDays: 30 };
    applyIntent(db, { kind: "config", change: { part: "volume", value } });
    const op = {
      kind: "create-key" as const,
      id: key,
      name: key,
      keyHash: tokenHash(key),
      scopes: ["read" as const, "footage" as const],
    };
    applyIntent(db, { kind: "account", op, at: wallTime(1) });
    for (let channel = 1; channel <= channels; channel++) addChannel(db, { volume, from, distinct, file, channel });
  })();
  database.close();
  const shared = Array.from({ length: distinct }, (_, i) => join(volume, pathOf(1, i)));
  const own = ["reed.db", "reed.db-wal"].map((name) => join(data, name)).filter((path) => existsSync(path));
  return { from, key, files: [...own, ...shared] };
}

const pathOf = (channel: number, i: number): string => join(`ch${channel}`, `day-${Math.floor(i / 288)}`, `${i}.mp4`);

interface OneChannel {
  readonly volume: string;
  readonly from: number;
  readonly distinct: number;
  readonly file: Uint8Array;
  readonly channel: number;
}

function addChannel(db: ReturnType<typeof directOver>, { volume, from, distinct, file, channel }: OneChannel): void {
  applyIntent(db, { kind: "config", change: { part: "channel", value: channelRow(channel) } });
  for (let i = 0; i < (days * 86_400_000) / segmentMs; i++) {
    const path = pathOf(channel, i);
    mkdirSync(dirname(join(volume, path)), { recursive: true });
    if (channel === 1 && i < distinct) writeFileSync(join(volume, path), file);
    else linkSync(join(volume, pathOf(1, i % distinct)), join(volume, path));
    const [startWall, endWall] = [wallTime(from + i * segmentMs), wallTime(from + (i + 1) * segmentMs)];
    const row = segmentRow(`s${channel}-${i}`, { volumeId: "v", channel, path, startWall, endWall });
    applyIntent(db, { kind: "segment", segment: row });
    // a run an hour, as motion and outages make them
    const to = i % 12 === 11 ? wallTime(endWall - 10_000) : endWall;
    applyIntent(db, { kind: "span", channel, cause: "continuous", from: startWall, to });
  }
}
