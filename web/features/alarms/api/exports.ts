/** Saving an alarm for somebody outside, and the locks that keep its footage. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { ExportJob } from "../../../../src/contract/export.ts";
import type { LockList } from "../../../../src/contract/lock.ts";
import { api, apiUrl } from "../../../shared/api-client.ts";
import { currentLanguage } from "../../../shared/i18n.ts";

export interface SaveOrder {
  readonly alarmId: string;
  readonly reason: string;
  readonly recipient: string;
  readonly lock: boolean;
}

const isRunning = ({ state }: ExportJob): boolean => state.kind === "waiting" || state.kind === "running";

/** Exports of one alarm, asked again twice a second while one is being made: progress survives a reload. */
export const useExportsOf = (alarmId: string, enabled: boolean): UseQueryResult<readonly ExportJob[]> =>
  useQuery({
    queryKey: ["exports"],
    enabled,
    queryFn: ({ signal }) => api.get<readonly ExportJob[]>("exports", undefined, signal),
    select: (all) => all.filter((job) => job.alarmId === alarmId),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) === true ? 500 : false),
  });

export const useLocks = (): UseQueryResult<LockList> =>
  // how much it is the volumes count every few seconds
  useQuery({
    queryKey: ["locks"],
    refetchInterval: 5000,
    queryFn: ({ signal }) => api.get<LockList>("locks", undefined, signal),
  });

const useChange = <T, R>(send: (given: T) => Promise<R>): UseMutationResult<R, Error, T> => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: async () => {
      await Promise.all(["exports", "locks", "alarms"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
};

/** The browser's clock goes along, so that the page in the ZIP can say how far the clocks are apart. */
export const useSave = (): UseMutationResult<ExportJob, Error, SaveOrder> =>
  useChange((order) =>
    api.post<ExportJob>("exports", { ...order, evidence: true, language: currentLanguage(), clientTime: Date.now() }),
  );

export const useRemoveExport = (): UseMutationResult<unknown, Error, string> =>
  useChange((id) => api.delete(`exports/${id}`));

export const useReleaseLocks = (): UseMutationResult<unknown, Error, readonly string[]> =>
  useChange(async (ids) => {
    for (const id of ids) await api.delete(`locks/${id}`);
  });

export const zipUrl = (id: string): string => apiUrl(`exports/${id}/file.zip`);
