/** What people noted at a time, and the stretches that are kept from being deleted. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BookmarkAnswer, BookmarkBody } from "../../../../src/contract/bookmark.ts";
import type { LockList } from "../../../../src/contract/lock.ts";
import { api } from "../../../shared/api-client.ts";
import type { Range } from "../model/line.ts";

export type Bookmark = BookmarkAnswer;
export type Lock = LockList["locks"][number];

/** Others note things too. */
const lookEveryMs = 30_000;

export const useBookmarks = ({ from, to }: Range) =>
  useQuery({
    queryKey: ["bookmarks", from, to],
    queryFn: ({ signal }) => api.get<readonly Bookmark[]>("bookmarks", { from, to }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: lookEveryMs,
  });

/** Locks of these cameras that touch the span. */
export const useLocksIn = (channels: readonly number[], { from, to }: Range) =>
  useQuery({
    queryKey: ["locks"],
    queryFn: ({ signal }) => api.get<LockList>("locks", undefined, signal),
    select: ({ locks }) => locks.filter((lock) => channels.includes(lock.channel) && lock.from < to && lock.to > from),
    refetchInterval: lookEveryMs,
  });

function useChange<T>(send: (given: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: async () => {
      await Promise.all(["bookmarks", "locks"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  });
}

export const useAddBookmark = () => useChange((body: BookmarkBody) => api.post("bookmarks", body));
export const useRemoveBookmark = () => useChange((id: string) => api.delete(`bookmarks/${id}`));

export interface LockOrder {
  readonly channels: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}
export const useLockRange = () => useChange((order: LockOrder) => api.post("locks", order));
export const useReleaseLock = () => useChange((id: string) => api.delete(`locks/${id}`));
