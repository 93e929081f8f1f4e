/** Alarms and events as the server has them, and what people make of them. */
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { Alarm, AlarmDetail, AlarmsPage } from "../../../../src/contract/alarm.ts";
import { api } from "../../../shared/api-client.ts";
import { followEvents } from "../../../shared/follow-events.ts";
import type { Receipt } from "../../../shared/types.ts";
import type { InboxFilter } from "../model/inbox-search.ts";

type Pages<Page> = UseInfiniteQueryResult<InfiniteData<Page>>;
const first = undefined as string | undefined;

export const useAlarms = (filter: InboxFilter): Pages<AlarmsPage> =>
  useInfiniteQuery({
    queryKey: ["alarms", "list", filter],
    queryFn: ({ pageParam, signal }) => api.get<AlarmsPage>("alarms", { ...filter, cursor: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

/** How many nobody has acknowledged, of those that the login may know of. */
export const useUnseen = (): number | undefined =>
  useQuery({
    queryKey: ["alarms", "unseen"],
    queryFn: ({ signal }) => api.get<AlarmsPage>("alarms", { limit: 1 }, signal),
  }).data?.unacknowledged;

export interface ReceiptsPage {
  readonly receipts: readonly Receipt[];
  readonly next?: string;
}

/** Edges while disarmed. */
export const useEvents = ({ input, source, since, until }: InboxFilter): Pages<ReceiptsPage> =>
  useInfiniteQuery({
    queryKey: ["events", { input, source, since, until }],
    queryFn: ({ pageParam, signal }) =>
      api.get<ReceiptsPage>("receipts", { events: true, input, source, since, until, before: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

export const useAlarm = (id: string): UseQueryResult<AlarmDetail> =>
  useQuery({
    queryKey: ["alarms", "one", id],
    queryFn: ({ signal }) => api.get<AlarmDetail>(`alarms/${id}`, undefined, signal),
  });

/**
 * Lists are read again when an edge, an outcome or a review comes: alarms for those of alarms only, so that a busy street
 * keeps nobody's inbox moving. The returned function ends it.
 */
export function followAlarms(queries: QueryClient): () => void {
  const ends = [
    followEvents(
      queries,
      ["alarms"],
      (event) => event.kind === "alarms" || (event.kind === "receipt" && event.receipt.alarmId !== undefined),
    ),
    followEvents(queries, ["events"], (event) => event.kind === "receipt" && event.receipt.alarmId === undefined),
  ];
  return () => {
    for (const end of ends) end();
  };
}

const useReview = <T>(send: (given: T) => Promise<Alarm>): UseMutationResult<Alarm, Error, T> => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => queries.invalidateQueries({ queryKey: ["alarms"] }),
  });
};

export const useAcknowledge = (): UseMutationResult<Alarm, Error, string> =>
  useReview((id) => api.post<Alarm>(`alarms/${id}/acknowledge`));

export const useResolve = (): UseMutationResult<Alarm, Error, { readonly id: string; readonly note: string }> =>
  useReview(({ id, note }) => api.post<Alarm>(`alarms/${id}/resolve`, { note }));
