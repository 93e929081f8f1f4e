import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { TimelineAnswer } from "../../../../src/contract/footage.ts";
import type { TimelineEvent } from "../../../../src/contract/playback.ts";
import { api } from "../../../shared/api-client.ts";
import { type Day, daysWith } from "../model/days.ts";
import type { Range } from "../model/line.ts";

export type Timeline = TimelineAnswer;

const refreshMs = 5000;

/** What was recorded when; read again every few seconds while the range reaches into the present. */
export function useTimeline(channels: readonly number[], range: Range) {
  const list = [...channels].sort((a, b) => a - b).join(",");
  return useQuery({
    queryKey: ["timeline", list, range.from, range.to],
    queryFn: ({ signal }) => api.get<Timeline>("timeline", { ...range, channels: list, gaps: true }, signal),
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
      const { spans } = await api.get<Timeline>("timeline", { ...range, channels: list }, signal);
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
