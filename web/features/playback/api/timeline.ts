import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TimelineAnswer } from "../../../../src/contract/footage.ts";
import type { TimelineEvent } from "../../../../src/contract/playback.ts";
import { api } from "../../../shared/api-client.ts";
import { type Day, daysWith } from "../model/days.ts";
import type { Range } from "../model/line.ts";

export type Timeline = TimelineAnswer;

const refreshMs = 5000;

/** From this length on a line is drawn from parts, where it has very many runs. */
const longMs = 4 * 86_400_000;
/** Parts of a long line: more than a screen has pixels. */
const parts = 2000;

/** What was recorded when, run by run: for the players, and to draw as long as what is looked at is not long. */
export function useTimelines(channels: readonly number[], near: Range, shown: Range) {
  const length = shown.to - shown.from;
  const isLong = length > longMs;
  const { data: timeline } = useTimeline(channels, isLong ? near : shown);
  const { data: far } = useTimeline(isLong ? channels : [], shown, Math.ceil(length / parts));
  return { timeline, line: isLong ? far : timeline };
}

/** Read again every few seconds while the range reaches into the present. */
export function useTimeline(channels: readonly number[], range: Range, resolution?: number) {
  const list = [...channels].sort((a, b) => a - b).join(",");
  const query = { ...range, channels: list, gaps: true, ...(resolution === undefined ? {} : { resolution }) };
  return useQuery({
    queryKey: ["timeline", list, range.from, range.to, resolution],
    queryFn: ({ signal }) => api.get<Timeline>("timeline", query, signal),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: range.to > Date.now() ? refreshMs : false,
  });
}

/** Days with footage of any of these channels, for the calendar. */
export function useDays(channels: readonly number[], range: Range, zone: string) {
  const list = [...channels].sort((a, b) => a - b).join(",");
  return useQuery({
    queryKey: ["timeline-days", list, range.from, range.to, zone],
    queryFn: async ({ signal }): Promise<ReadonlySet<Day>> => {
      const { spans } = await api.get<Timeline>(
        "timeline",
        { ...range, channels: list, resolution: 3_600_000 },
        signal,
      );
      return daysWith(
        spans.map(({ from, to }) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) })),
        zone,
      );
    },
    enabled: channels.length > 0,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** The nearest event of these channels behind or before a time. */
export async function eventBeside(
  channels: readonly number[],
  wall: number,
  direction: 1 | -1,
): Promise<TimelineEvent | undefined> {
  const side = direction === 1 ? { after: wall } : { before: wall };
  const query = { channels: channels.join(","), ...side };
  return (await api.get<{ event?: TimelineEvent }>("timeline/event", query)).event;
}
