/** Rows with sensible contents for tests of the database and the api. */
import type { ChannelSettings } from "../domain/site-config.ts";
import type { Receipt } from "../domain/receipt.ts";
import { instant, wallTime } from "../kernel/time.ts";
import type { SegmentRow } from "../messages/recorder.ts";

const bootId = "00000000-0000-4000-8000-00000000b007";

export const channelRow = (channel: number, changes: Partial<ChannelSettings> = {}): ChannelSettings => ({
  channel,
  name: `Camera ${channel}`,
  enabled: true,
  mainUrl: `rtsp://192.0.2.${channel}/main`,
  username: "viewer",
  password: "",
  audio: false,
  recordMode: "continuous",
  preRecordS: 10,
  ...changes,
});

export const segmentRow = (id: string, changes: Partial<SegmentRow> = {}): SegmentRow => ({
  id,
  volumeId: "volume-1",
  channel: 1,
  stream: "main",
  path: `1/${id}.mp4`,
  bootId,
  startInstant: instant(1000),
  startWall: wallTime(1_000_000),
  endWall: wallTime(1_300_000),
  bytes: 1_000_000,
  accessUnits: 7500,
  closed: true,
  trusted: true,
  codec: "avc1.640028",
  ...changes,
});

/** A receipt of input 1 that recorded channel 1; open while `closedAt` is not given. */
export const receiptRow = (eventId: string, at: number, changes: Partial<Receipt> = {}): Receipt => {
  const moment = { bootId, instant: instant(at), wall: wallTime(at) };
  return {
    edge: { eventId, input: 1, inputName: "Back door", kind: "raised", at: moment, decidedAt: moment },
    armed: true,
    alarmId: `alarm-${eventId}`,
    actions: [
      {
        id: `${eventId}/record/1`,
        target: { kind: "record", channel: 1, preS: 10 },
        because: { rule: "input 1", eventId },
      },
    ],
    ...changes,
  };
};
