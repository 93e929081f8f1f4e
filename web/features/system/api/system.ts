import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type {
  LatencyAnswer,
  LogAnswer,
  NetworkAnswer,
  NoticeList,
  NoticeText,
} from "../../../../src/contract/system.ts";
import { api } from "../../../shared/api-client.ts";
import type { Site, System, Trouble } from "../../../shared/types.ts";

export type { LatencyAnswer, LogAnswer, NetworkAnswer };
export type LogLine = LogAnswer["lines"][number];

const get =
  <T>(path: string, everyMs?: number) =>
  (): UseQueryResult<T> =>
    useQuery({
      queryKey: [path],
      queryFn: ({ signal }) => api.get<T>(path, undefined, signal),
      ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    });

export const useSystem = get<System>("system", 5000);
export const useLatency = get<LatencyAnswer>("system/latency", 10_000);
export const useNetwork = get<NetworkAnswer>("system/network", 10_000);
export const useNotices = get<NoticeList>("system/notices");

export const useLicence = (name: string): UseQueryResult<NoticeText> =>
  useQuery({ queryKey: ["system/notices/text", name], queryFn: () => api.get("system/notices/text", { name }) });

/** Also what is over, the newest first. */
export const useTroubleHistory = (): UseQueryResult<readonly Trouble[]> =>
  useQuery({
    queryKey: ["troubles", "all"],
    queryFn: ({ signal }) => api.get<readonly Trouble[]>("troubles", { open: false, limit: 50 }, signal),
    refetchInterval: 5000,
  });

export interface LogFilter {
  readonly process: string | undefined;
  readonly level: LogLine["level"];
  readonly text: string;
  readonly limit: number;
}

/** `follow`: the newest lines again every two seconds. */
export const useLogs = (filter: LogFilter, follow: boolean): UseQueryResult<LogAnswer> =>
  useQuery({
    queryKey: ["logs", filter],
    queryFn: ({ signal }) => {
      const { process, level, limit } = filter;
      const text = filter.text === "" ? undefined : filter.text;
      return api.get<LogAnswer>("logs", { process, level, limit, text }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: follow ? 2000 : false,
  });

export function useSetSite(): UseMutationResult<unknown, Error, Partial<Site>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Site>) => api.patch("site", change),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["site"] }),
  });
}
