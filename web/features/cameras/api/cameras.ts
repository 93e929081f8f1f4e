import { useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { api, apiUrl } from "../../../shared/api-client.ts";
import type { Channel, LastPicture } from "../../../shared/types.ts";

/** The server takes a new one every 10 s while somebody asks; until each camera has one it is asked more often. */
const [soonMs, calmMs] = [1000, 5000] as const;

export const usePictures = (): UseQueryResult<readonly LastPicture[]> =>
  useQuery({
    queryKey: ["pictures"],
    queryFn: ({ signal }) => api.get<readonly LastPicture[]>("pictures", undefined, signal),
    refetchInterval: ({ state }) =>
      state.data?.every(({ at, reason }) => at !== undefined || reason !== undefined) === true ? calmMs : soonMs,
  });

/** `at` makes each new picture an address of its own. */
export const pictureUrl = (channel: number, at: number): string =>
  apiUrl(`pictures/${channel}/last.jpg`, { at: Math.round(at) });

export function useReplaceCamera(channel: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, unknown>) => api.put<Channel>(`channels/${channel}`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["channels"] }),
  });
}

export function useRemoveCamera(channel: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`channels/${channel}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["channels"] }),
  });
}

export const useRetryCamera = (channel: number) =>
  useMutation({ mutationFn: () => api.post(`channels/${channel}/retry`) });
