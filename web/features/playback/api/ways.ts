/** Where objects were in the footage that is watched. */
import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import type { ObjectPaths } from "../../../../src/contract/object-search.ts";
import { api } from "../../../shared/api-client.ts";
import { joinedWays, type Way } from "../../../shared/detection/ways.ts";
import { isOpen, wayWindows } from "../model/way-windows.ts";

const refreshMs = 4000;

/** Of the time around the position. */
export const useWays = (channel: number, position: number, rate: number): readonly Way[] =>
  useQueries({
    queries: wayWindows(position, rate).map((window) => ({
      queryKey: ["object-ways", channel, window.from],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        api.get<ObjectPaths>(`channels/${channel}/objects/paths`, { ...window }, signal),
      // what was read while more could come is read again, also once nothing more can
      staleTime: ({ state }: { readonly state: { readonly dataUpdatedAt: number } }) =>
        isOpen(window, state.dataUpdatedAt) ? 0 : Infinity,
      refetchInterval: () => (isOpen(window, Date.now()) ? refreshMs : false),
      retry: false,
    })),
    combine,
  });

/** One function, so that it is joined anew only when an answer is another. */
const combine = (results: readonly UseQueryResult<ObjectPaths>[]): readonly Way[] =>
  joinedWays(results.flatMap(({ data }) => (data === undefined ? [] : [data])));
