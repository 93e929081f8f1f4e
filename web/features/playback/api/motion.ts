/** What moved in the past: along the timeline, and in a part of the picture. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MotionSearchAnswer, MotionTimeline } from "../../../../src/contract/motion.ts";
import { api } from "../../../shared/api-client.ts";
import type { AskedAreas } from "../model/areas.ts";
import type { Range } from "../model/line.ts";
import { motionAsk } from "../model/motion.ts";
import type { View } from "../model/view.ts";

const refreshMs = 5000;

/** How much moved before these cameras around what is looked at; read again while that reaches into the present. */
export function useMotion(channels: readonly number[], view: View) {
  const list = [...channels].sort((a, b) => a - b).join(",");
  const asked = motionAsk(view);
  return useQuery({
    queryKey: ["timeline-motion", list, asked.from, asked.to, asked.stepMs],
    queryFn: ({ signal }) => api.get<MotionTimeline>("timeline/motion", { ...asked, channels: list }, signal),
    enabled: channels.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: asked.to > Date.now() ? refreshMs : false,
  });
}

/** When something moved in these areas; nothing is asked while there are none. */
export const useMotionSearch = ({ from, to }: Range, areas: AskedAreas | undefined) =>
  useQuery({
    queryKey: ["motion-search", from, to, areas],
    enabled: areas !== undefined,
    placeholderData: keepPreviousData,
    queryFn: () =>
      api.post<MotionSearchAnswer>("footage/motion-search", { ...areas, from: Math.floor(from), to: Math.ceil(to) }),
  });
