import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { CoverageAnswer } from "../../../../src/contract/foresight.ts";
import { api } from "../../../shared/api-client.ts";
import { onLiveEvent } from "../../../shared/event-stream.ts";

const queryKey = ["coverage"];

/** Looked at again whenever anybody changes the configuration. */
export function useCoverage() {
  const queries = useQueryClient();
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind === "config") void queries.invalidateQueries({ queryKey });
      }),
    [queries],
  );
  return useQuery({
    queryKey,
    staleTime: 0,
    queryFn: ({ signal }) => api.get<CoverageAnswer>("coverage", undefined, signal),
  });
}
