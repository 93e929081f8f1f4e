import { after, before, earlier, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import type { HoldAnswer, HoldOrder, RecorderToCore } from "../../messages/recorder.ts";
import type { ShiftOf } from "../journal/footage-runs.ts";
import type { HoldHistory } from "../journal/history.ts";
import type { Coverage } from "../recording/coverage.ts";
import { evaluateHold, preRecordOf, type HoldResult, type HoldWindow } from "./evaluate.ts";
import type { Outages } from "./outages.ts";

/** What the holds of a channel need of it. */
export interface HoldChannel {
  answer(): HoldAnswer;
  /** Keep what arrived from `at` on, and what comes. */
  record(at: Instant): void;
  /** Nothing holds it any more. */
  release(): void;
  /** Write and sync what is there; the index behind the newest unit. */
  flush(): number;
  readonly durableEnd: number;
  /** Index behind the newest unit. */
  readonly receivedEnd: number;
  /** Arrival of the oldest unit that is still in memory. */
  readonly receivedSince: Instant | undefined;
  readonly coverage: Coverage;
  readonly outages: Outages;
  /** Reads into the coverage what the files hold from `from` on. */
  load(from: Instant): Promise<void>;
  note(record: VolumeRecord): void;
  history(holdId: string): HoldHistory | undefined;
  /** Where instants of another boot lie on this boot's clock. */
  readonly shiftOf: ShiftOf;
}

/** The holds of one channel. Orders may be repeated; each ends in exactly one `hold-closed`. */
export interface HoldBook {
  hold(order: HoldOrder): void;
  end(holdId: string, endAt: Instant): void;
  /** Lets go of all that are not among these. */
  keepOnly(holdIds: ReadonlySet<string>): void;
  forget(holdId: string): void;
  /** Nothing more comes: each open hold ends with what is durable now. */
  closeAll(): void;
  /** Something became durable, or time passed. */
  look(now: Instant): void;
  readonly open: boolean;
  /** Orders that are not closed yet, for a channel that takes over. */
  readonly openOrders: readonly HoldOrder[];
  /** Arrival from which on footage is needed by an open hold. */
  readonly neededFrom: Instant | undefined;
}

type Durable = Extract<RecorderToCore, { kind: "hold-durable" }>;
type Fresh = Extract<RecorderToCore, { kind: "hold-fresh" }>;
type Closed = Extract<RecorderToCore, { kind: "hold-closed" }>;

interface Entry {
  order: HoldOrder;
  answer: HoldAnswer;
  /** Everything below this index must be durable; undefined while the files are read. */
  target: number | undefined;
  flushedAtEnd: boolean;
  durable: Durable | undefined;
  /** A picture that came after the edge is durable. */
  fresh: Fresh | undefined;
  closed: Closed | undefined;
}

/** No unit after the end for this long: none comes, and what was received decides. */
const quietMs = 2000;
/** A disk that has not taken the footage this long after the end of the hold: the hold closes without it. */
const patienceMs = 60_000;
const rememberedClosed = 500;

export function createHoldBook(clock: Clock, channel: HoldChannel, send: (message: RecorderToCore) => void): HoldBook {
  const entries = new Map<string, Entry>();
  const openIds = new Set<string>();
  const openEntries = () => [...entries.values()].filter((entry) => entry.closed === undefined);
  const book = { clock, channel, send, entries, openIds };

  const look = (now: Instant): void => {
    let closedOne = false;
    for (const entry of entries.values()) {
      if (entry.closed !== undefined || entry.target === undefined) continue;
      lookForDurable(book, entry, now);
      lookForFresh(book, entry, now);
      closedOne = lookForEnd(book, entry, now) || closedOne;
    }
    if (closedOne && openIds.size === 0) channel.release();
  };
  return {
    hold(order) {
      const known = entries.get(order.holdId);
      if (known === undefined) begin(book, localTo(book, order), order);
      else repeat(book, known, localTo(book, order));
    },
    end(holdId, endAt) {
      const entry = entries.get(holdId);
      if (entry !== undefined) repeat(book, entry, { ...entry.order, endAt });
    },
    keepOnly(holdIds) {
      for (const { order } of openEntries()) {
        if (holdIds.has(order.holdId)) continue;
        entries.delete(order.holdId);
        openIds.delete(order.holdId);
      }
      if (openIds.size === 0) channel.release();
    },
    forget(holdId) {
      entries.delete(holdId);
      if (openIds.delete(holdId) && openIds.size === 0) channel.release();
    },
    closeAll() {
      for (const entry of openEntries()) close(book, entry, resultOf(channel, entry));
    },
    look,
    get open() {
      return openIds.size > 0;
    },
    get openOrders() {
      return openEntries().map((entry) => entry.order);
    },
    get neededFrom() {
      const starts = openEntries().map((entry) => entry.order.edgeAt - entry.order.preMs);
      return starts.length === 0 ? undefined : (Math.min(...starts) as Instant);
    },
  };
}

interface Book {
  readonly clock: Clock;
  readonly channel: HoldChannel;
  readonly send: (message: RecorderToCore) => void;
  readonly entries: Map<string, Entry>;
  /** Asked for each access unit, so kept apart. */
  readonly openIds: Set<string>;
}

/**
 * A hold of another boot on this boot's clock: shifted as the footage of that boot is, so that neither a border nor a
 * step of the wall clock parts them. Core moves it by its wall time; the journal has it as it was ordered first. Where
 * no journal knows that boot the wall time has to do. An end that core gives in this boot stands.
 */
function localTo({ clock, channel }: Pick<Book, "clock" | "channel">, order: HoldOrder): HoldOrder {
  const here = order.bootId === clock.bootId;
  const past = channel.history(order.holdId)?.order;
  const first = past !== undefined && channel.shiftOf(past.bootId) !== undefined ? past : order;
  if (here && first.bootId === clock.bootId) return order;
  const shift = channel.shiftOf(first.bootId);
  const byWall = (clock.now() - (clock.wall() - order.edgeWall)) as Instant;
  const edgeAt = shift === undefined ? byWall : after(first.edgeAt, shift);
  const moved = (at: Instant): Instant => after(edgeAt, at - order.edgeAt);
  return {
    ...order,
    bootId: clock.bootId,
    edgeAt,
    boundAt: moved(order.boundAt),
    ...(order.endAt === undefined ? {} : { endAt: here && order.endAt >= 0 ? order.endAt : moved(order.endAt) }),
  };
}

const endOf = (order: HoldOrder): Instant => earlier(order.endAt ?? order.boundAt, order.boundAt);

const windowOf = (order: HoldOrder): HoldWindow => ({
  edge: order.edgeAt,
  edgeWall: order.edgeWall,
  preMs: order.preMs,
  end: endOf(order),
});

function begin(book: Book, order: HoldOrder, asOrdered: HoldOrder): void {
  const { channel, send, entries, clock } = book;
  const past = channel.history(order.holdId);
  const { holdId } = order;
  const entry: Entry = {
    order,
    answer: channel.answer(),
    target: undefined,
    flushedAtEnd: false,
    durable: past?.durable === undefined ? undefined : { ...past.durable },
    fresh: undefined,
    closed: past?.closed === undefined ? undefined : { ...past.closed },
  };
  entries.set(holdId, entry);
  if (entry.closed === undefined) book.openIds.add(holdId);
  forgetOldClosed(entries);
  if (past === undefined) channel.note({ kind: "hold", hold: asOrdered });
  // its end became known while the recorder was away
  else if (entry.closed === undefined && Math.abs(endOf(localTo(book, past.order)) - endOf(order)) > 1) {
    channel.note({ kind: "hold-end", holdId, endAt: endOf(order) });
  }
  if (entry.closed !== undefined) {
    repeatAll(send, entry);
    return;
  }
  send({ kind: "hold-answer", holdId, answer: entry.answer });
  const from = before(order.edgeAt, order.preMs);
  if (entry.answer.kind === "failed") {
    const gap = { from: order.edgeWall, to: order.edgeWall, reason: entry.answer.reason };
    close(book, entry, { result: "failed", reason: entry.answer.reason, gaps: [gap] });
    return;
  }
  // also what is over already, as long as the memory has something of it
  if (endOf(order) > earlier(clock.now(), channel.receivedSince ?? clock.now())) channel.record(from);
  const target = channel.flush();
  void channel.load(from).then(() => {
    entry.target = target;
    lookForDurable(book, entry, clock.now());
  });
}

function repeat({ channel, send }: Book, entry: Entry, order: HoldOrder): void {
  // an order that was said before its end was known does not take the end back
  const { boundAt, endAt } = order;
  const said = { ...entry.order, boundAt, ...(endAt === undefined ? {} : { endAt }) };
  const ends = endOf(said);
  if (entry.closed === undefined && ends !== endOf(entry.order)) {
    entry.order = said;
    entry.flushedAtEnd = false;
    channel.note({ kind: "hold-end", holdId: order.holdId, endAt: ends });
  }
  repeatAll(send, entry);
}

function repeatAll(send: Book["send"], entry: Entry): void {
  send({ kind: "hold-answer", holdId: entry.order.holdId, answer: entry.answer });
  if (entry.durable !== undefined) send(entry.durable);
  if (entry.fresh !== undefined) send(entry.fresh);
  if (entry.closed !== undefined) send(entry.closed);
}

function lookForDurable({ channel, send }: Book, entry: Entry, now: Instant): void {
  if (entry.durable !== undefined || entry.target === undefined || channel.durableEnd < entry.target) return;
  const pre = preRecordOf(windowOf(entry.order), channel.coverage, (from, to) => channel.outages.reasonFor(from, to));
  if (pre === undefined) return;
  entry.durable = { kind: "hold-durable", holdId: entry.order.holdId, durableAt: now, ...pre };
  channel.note(entry.durable);
  send(entry.durable);
}

/** Said behind the durable pre-record: the camera goes on, and its pictures reach the disk. */
function lookForFresh({ channel, send }: Book, entry: Entry, now: Instant): void {
  if (entry.fresh !== undefined || entry.durable === undefined) return;
  if ((channel.coverage.end ?? -Infinity) <= entry.order.edgeAt) return;
  entry.fresh = { kind: "hold-fresh", holdId: entry.order.holdId, freshAt: now };
  send(entry.fresh);
}

function close({ channel, send, openIds }: Book, entry: Entry, result: HoldResult): void {
  openIds.delete(entry.order.holdId);
  entry.closed = { kind: "hold-closed", holdId: entry.order.holdId, ...result };
  channel.note(entry.closed);
  send(entry.closed);
}

function lookForEnd(book: Book, entry: Entry, now: Instant): boolean {
  const { channel } = book;
  const end = endOf(entry.order);
  if (now < end) return false;
  if (!entry.flushedAtEnd && now >= after(end, 100)) {
    entry.flushedAtEnd = true;
    channel.flush();
  }
  const covered = (channel.coverage.end ?? -Infinity) >= end;
  const quiet = now >= after(end, quietMs) && channel.durableEnd >= channel.receivedEnd;
  if (!covered && !quiet && now < after(end, patienceMs)) return false;
  close(book, entry, resultOf(channel, entry));
  return true;
}

const resultOf = (channel: HoldChannel, entry: Entry): HoldResult =>
  evaluateHold(windowOf(entry.order), channel.coverage, (from, to) => channel.outages.reasonFor(from, to));

function forgetOldClosed(entries: Map<string, Entry>): void {
  for (const [holdId, entry] of entries) {
    if (entries.size <= rememberedClosed) return;
    if (entry.closed !== undefined) entries.delete(holdId);
  }
}

/** For a hold on a channel that this recorder does not have. */
export const refuse = (holdId: string, reason: string, at: WallTime): readonly RecorderToCore[] => [
  { kind: "hold-answer", holdId, answer: { kind: "failed", reason } },
  { kind: "hold-closed", holdId, result: "failed", reason, gaps: [{ from: at, to: at, reason }] },
];
