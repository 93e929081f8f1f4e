import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { WalkBody, WalkNow, WalkReceivers, WalkSummary } from "../../../../src/contract/walk-test.ts";
import { api } from "../../../shared/api-client.ts";
import { followEvents } from "../../../shared/follow-events.ts";

const nowKey = ["walk-test", "now"];
const recordsKey = ["walk-test", "records"];

/** The test that runs and its ticks; asked again with every word of a receipt of it. */
export function useWalkTest() {
  const queries = useQueryClient();
  useEffect(
    () =>
      followEvents(
        queries,
        nowKey,
        (event) => event.kind === "walk-test" || (event.kind === "receipt" && event.receipt.edge.walk !== undefined),
      ),
    [queries],
  );
  return useQuery({ queryKey: nowKey, queryFn: () => api.get<WalkNow>("walk-test") });
}

/** Past tests; asked for again while one has no record yet: its end is in the database a moment after it was told. */
export function useWalkRecords() {
  const queries = useQueryClient();
  useEffect(() => followEvents(queries, recordsKey, (event) => event.kind === "walk-test"), [queries]);
  return useQuery({
    queryKey: recordsKey,
    queryFn: () => api.get<readonly WalkSummary[]>("walk-test/records"),
    refetchInterval: ({ state }) => (state.data?.some(({ file }) => file !== "ready") === true ? 2000 : false),
  });
}

/** Receivers that can't be proved without one message; beside the notifiers, with which they change. */
export const useWalkReceivers = (enabled: boolean) =>
  useQuery({
    queryKey: ["notifiers", "walk-test"],
    enabled,
    queryFn: () => api.get<WalkReceivers>("walk-test/receivers"),
  });

function useChange<In>(send: (what: In) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["walk-test"] }),
  });
}

export const useBeginWalk = () => useChange((body: WalkBody) => api.post("walk-test", body));
export const useEndWalk = () => useChange(() => api.delete("walk-test"));

export const recordFile = (walkId: string, ending: "pdf" | "json"): string =>
  `/api/walk-test/records/${walkId}/record.${ending}`;
