/** What the timeline draws for each camera. */
import { useEffect, useMemo } from "react";
import type { MotionTimeline } from "../../../src/contract/motion.ts";
import type { Channel } from "../../shared/types.ts";
import type { Timeline } from "./api/timeline.ts";
import type { TimelineRow } from "./components/timeline-rows.tsx";
import { type BandKind, bandsOf } from "./model/bands.ts";
import { lineOf, wasWatched } from "./model/motion.ts";
import type { Session } from "./player/session.ts";

interface Timelines {
  /** Run by run. */
  readonly timeline: Timeline | undefined;
  /** To draw: of a long time in parts. */
  readonly line: Timeline | undefined;
  /** How much moved. */
  readonly motion: MotionTimeline | undefined;
}

export interface Rows {
  readonly kinds: ReadonlySet<BandKind>;
  /** Without what is left out. */
  readonly shown: readonly TimelineRow[];
}

/** Rows of these cameras; the players hear what there is, so that they go on behind a gap. */
export function useRows(
  session: Session | undefined,
  channels: readonly Channel[],
  { timeline, line, motion }: Timelines,
  hidden: ReadonlySet<BandKind>,
): Rows {
  const listed = channels.map(({ channel }) => channel).join(",");
  const rows = useMemo(
    () =>
      channels.map(({ channel, name }) => {
        const of = <T extends { channel: number }>(list: readonly T[] = []) =>
          list.filter((one) => one.channel === channel);
        const moved = lineOf(motion, channel);
        const strip = moved === undefined || !wasWatched(moved) ? {} : { motion: moved };
        return { channel, name, bands: bandsOf(of(line?.spans), of(line?.gaps)), ...strip };
      }),
    // the rows are drawn anew only for other footage or other cameras
    // oxlint-disable-next-line react/exhaustive-deps -- `channels` is a new list each time
    [line, motion, listed],
  );
  const shown = useMemo(
    () => rows.map((row) => ({ ...row, bands: row.bands.filter(({ kind }) => !hidden.has(kind)) })),
    [rows, hidden],
  );
  const kinds = useMemo(() => new Set(rows.flatMap(({ bands }) => bands.map(({ kind }) => kind))), [rows]);
  useEffect(() => {
    for (const { channel } of rows)
      session?.footage(channel, timeline?.spans.filter((one) => one.channel === channel) ?? []);
  }, [session, rows, timeline]);
  return { kinds, shown };
}
