import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import type { PtzGone } from "../../../src/contract/channel.ts";
import type { PtzPreset } from "../../../src/domain/ptz-settings.ts";
import { api } from "../api-client.ts";

/** Asked only when somebody wants to know: the camera itself is asked. */
export const usePresets = (channel: number): UseQueryResult<readonly PtzPreset[]> =>
  useQuery({
    queryKey: ["presets", channel],
    enabled: false,
    retry: false,
    queryFn: ({ signal }) => api.get<readonly PtzPreset[]>(`channels/${channel}/presets`, undefined, signal),
  });

export const useTurn = (channel: number): UseMutationResult<PtzGone, Error, number> =>
  useMutation({ mutationFn: (preset: number) => api.post<PtzGone>(`channels/${channel}/preset`, { preset }) });
