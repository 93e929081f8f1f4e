import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, apiUrl } from "../api-client.ts";
import type { CameraTest } from "../types.ts";

export interface CameraTesting {
  readonly test: CameraTest | undefined;
  readonly running: boolean;
  /** It could not even begin, or is not known any more. */
  readonly error: Error | undefined;
  readonly pictureUrl: string | undefined;
  begin(body: Record<string, unknown>): void;
  /** Ends it and forgets what was found. */
  clear(): void;
}

const pollMs = 250;
const isOver = (test: CameraTest | undefined): boolean =>
  test !== undefined && test.state !== "running" && test.picture !== "coming";

/** One test of a camera at a time, followed until its last word; it ends when the page is left. */
export function useCameraTest(): CameraTesting {
  const [id, setId] = useState<string>();
  const begin = useMutation({
    mutationFn: (body: Record<string, unknown>) => api.post<CameraTest>("camera-tests", body),
    onMutate: () => setId(undefined),
    onSuccess: (begun) => setId(begun.id),
  });
  const query = useQuery({
    queryKey: ["camera-tests", id],
    queryFn: ({ signal }) => api.get<CameraTest>(`camera-tests/${id ?? ""}`, undefined, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data) || state.error !== null ? false : pollMs),
    gcTime: 0,
    retry: false,
  });
  useEffect(
    () => () => {
      if (id === undefined) return;
      // nobody waits for it; without an answer it ends by itself within seconds
      api.delete(`camera-tests/${id}`).catch(() => undefined);
    },
    [id],
  );
  const test = id === undefined ? undefined : (query.data ?? begin.data);
  return {
    test,
    running: begin.isPending || (id !== undefined && query.error === null && !isOver(test)),
    error: begin.error ?? query.error ?? undefined,
    pictureUrl: test?.picture === "there" ? apiUrl(`camera-tests/${test.id}/picture.jpg`) : undefined,
    begin: (body) => begin.mutate(body),
    clear: () => {
      setId(undefined);
      begin.reset();
    },
  };
}
