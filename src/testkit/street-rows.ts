/** A made-up busy street: motion that calls nobody, with footage, as the database is told of it. */
import type { Receipt, RecordFacts } from "../domain/receipt.ts";
import { instant, wallTime } from "../kernel/time.ts";
import { uuidV7 } from "../kernel/ids.ts";
import type { StoreIntent } from "../messages/store.ts";
import { segmentRow } from "./store-rows.ts";

const bootId = "00000000-0000-4000-8000-00000000b007";
const minute = 60_000;

export interface Street {
  readonly cameras: number;
  readonly motionsADay: number;
  /** Start of the first day, ms. */
  readonly from: number;
}

/** Ids in the order of time, as in life. */
function idMaker() {
  let n = 0;
  return (wall: number): string => {
    const bytes = new Uint8Array(10);
    new DataView(bytes.buffer).setUint32(6, ++n);
    return uuidV7(wallTime(wall), bytes);
  };
}

/** A motion of input `of` (camera `of`) and its end. */
export function motionOf(of: number, at: number, newId: (wall: number) => string): readonly [Receipt, Receipt] {
  const moment = (wall: number) => ({ bootId, instant: instant(wall - 1_700_000_000_000), wall: wallTime(wall) });
  const eventId = newId(at);
  const named = { input: of, inputName: `Camera ${of}: motion` };
  const record: RecordFacts = {
    ...{ answer: "recording", preAchievedMs: 10_012.25, durableAfterMs: 31.5 },
    ...{ from: wallTime(at - 10_012), to: wallTime(at + 20_000) },
  };
  const raised: Receipt = {
    edge: { eventId, ...named, kind: "raised", at: moment(at), decidedAt: moment(at), cause: "motion" },
    armed: false,
    actions: [
      {
        ...{
          id: newId(at),
          target: { kind: "record", channel: of, preS: 10 },
          because: { rule: `input:${of}`, eventId },
        },
        ...{ record, outcome: { kind: "done" } as const, outcomeAt: wallTime(at + 20_100) },
      },
    ],
    closedAt: wallTime(at + 20_100),
  };
  const end = moment(at + 5000);
  const cleared: Receipt = {
    edge: { eventId: newId(at + 5000), ...named, kind: "cleared", at: end, decidedAt: end },
    ...{ armed: false, actions: [], closedAt: end.wall },
  };
  return [raised, cleared];
}

/** One day of all cameras in the order of time: segments of five minutes, motions evenly over the day. */
export function* streetDay({ cameras, motionsADay, from }: Street, day: number): Generator<StoreIntent> {
  const newId = idMaker();
  const start = from + day * 1440 * minute;
  const every = (1440 * minute) / motionsADay;
  let segments = 0;
  for (let i = 0; i < motionsADay; i++) {
    const at = start + i * every + 15_000;
    for (; start + segments * 5 * minute <= at; segments++) yield* segmentsAt(cameras, start + segments * 5 * minute);
    for (let camera = 1; camera <= cameras; camera++) {
      for (const receipt of motionOf(camera, Math.round(at + camera * 10), newId)) yield { kind: "receipt", receipt };
    }
  }
}

export const segmentId = (camera: number, at: number): string => `c${camera}-${at}`;

function* segmentsAt(cameras: number, at: number): Generator<StoreIntent> {
  for (let camera = 1; camera <= cameras; camera++) {
    const segment = segmentRow(segmentId(camera, at), {
      ...{ channel: camera, startWall: wallTime(at), endWall: wallTime(at + 5 * minute), bytes: 150_000_000 },
    });
    yield { kind: "segment", segment };
  }
}
