/** Who caused an event, or was seen meanwhile. */
import { useQuery } from "@tanstack/react-query";
import type { EventObject } from "../../../../src/contract/object-search.ts";
import { api, apiUrl } from "../../../shared/api-client.ts";
import { useMay } from "../../../shared/site-data.ts";
import type { Receipt } from "../../../shared/types.ts";

/** An event is told of for a minute, and who was there then is written down when they are gone. */
const youngMs = 120_000;
const refreshMs = 5000;

/** Undefined until it is known. */
export function useEventObjects({ edge }: Receipt, isWanted = true): readonly EventObject[] | undefined {
  const may = useMay("footage");
  const isYoung = (now: number): boolean => edge.at.wall > now - youngMs;
  return useQuery({
    queryKey: ["event-objects", edge.eventId],
    enabled: may && isWanted,
    queryFn: ({ signal }) => api.get<readonly EventObject[]>(`receipts/${edge.eventId}/objects`, undefined, signal),
    // what was read while it was young is read again, also once it is not
    staleTime: ({ state }) => (isYoung(state.dataUpdatedAt) ? 0 : Infinity),
    refetchInterval: () => (isYoung(Date.now()) ? refreshMs : false),
  }).data;
}

export const eventPictureAddress = ({ channel, id }: EventObject): string =>
  apiUrl(`channels/${channel}/objects/${id}/picture`);
