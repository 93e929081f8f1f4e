/** What every camera records now, and why. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import type { RecordingNow } from "../../../src/contract/recording.ts";
import { api } from "../api-client.ts";
import { followEvents } from "../follow-events.ts";

export type RecordedChannel = RecordingNow["channels"][number];

export function useRecordingNow(): UseQueryResult<RecordingNow> {
  const queries = useQueryClient();
  useEffect(() => followEvents(queries, ["recording"], ({ kind }) => kind === "config" || kind === "armed"), [queries]);
  return useQuery({
    queryKey: ["recording"],
    queryFn: ({ signal }) => api.get<RecordingNow>("recording", undefined, signal),
    refetchInterval: 10_000,
  });
}
