import { before, earlier, later, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import type { ChannelPlan, RecorderToCore } from "../../messages/recorder.ts";
import type { Run } from "../recording/coverage.ts";
import type { Past } from "../volumes/volume-set.ts";
import { holes } from "./evaluate.ts";
import { createOutages, type Outages } from "./outages.ts";

const notRunning = "the recorder was not running";
/** What came last is written within this time (the bound of a `kill -9` without an alarm). */
const mostInMemoryMs = 1500;
const diedWithIt = "the recorder ended unasked before this was on the disk";

export interface PastOutagesDeps {
  readonly clock: Clock;
  readonly plan: Pick<ChannelPlan, "channel">;
  readonly note: (record: VolumeRecord) => void;
  readonly send: (message: RecorderToCore) => void;
  readonly past: Past;
  /** When the recorder process began. */
  readonly recorderSince: Instant;
}

export interface PastOutages {
  readonly outages: Outages;
  /**
   * The files of the time before have been read; undefined when they could not be. A recorder that ends unasked loses
   * the end of what it had received, so that nothing before footage that is on the disk was lost that way: what is
   * missing there, the camera did not send.
   */
  readonly footageRead: (runs: readonly Pick<Run, "to">[] | undefined) => void;
}

/** What is known of the time before, and a journal of what comes. */
export function pastOutages({ clock, plan, note, send, past, recorderSince }: PastOutagesDeps): PastOutages {
  const wallOf = (at: Instant): WallTime => (clock.wall() - (clock.now() - at)) as WallTime;
  const instantOf = (wall: WallTime): Instant => (clock.now() - (clock.wall() - wall)) as Instant;
  const lastSign = past.lastSign === undefined ? (0 as Instant) : instantOf(past.lastSign);
  const outages = createOutages(({ from, to, reason }) => {
    const { channel } = plan;
    const gap = { from: wallOf(from), reason, ...(to === undefined ? {} : { to: wallOf(to) }) };
    note({ kind: "outage", channel, ...gap });
    if (gap.to !== undefined) send({ kind: "gap", channel, gap: { ...gap, to: gap.to } });
  });
  const known = past.outages.map(({ from, to, reason }) => ({
    ...{ from: instantOf(from), to: earlier(instantOf(to), lastSign), reason },
  }));
  for (const { from, to, reason } of known) outages.add(from, to, reason);
  const { crashedSince } = past;
  let lostFrom =
    crashedSince === undefined ? undefined : later(before(lastSign, mostInMemoryMs), instantOf(crashedSince));
  outages.add(lastSign, recorderSince, notRunning);
  const gap = { from: past.lastSign ?? wallOf(recorderSince), to: wallOf(recorderSince), reason: notRunning };
  if (gap.from < gap.to) {
    note({ kind: "gap", channel: plan.channel, gap });
    send({ kind: "gap", channel: plan.channel, gap });
  }
  return {
    outages,
    footageRead(runs = []) {
      if (lostFrom === undefined) return;
      const from = runs.reduce((end, { to }) => (to < recorderSince ? later(end, to) : end), lostFrom);
      lostFrom = undefined;
      for (const span of holes(from, lastSign, known)) outages.add(span.from, span.to, diedWithIt);
    },
  };
}
