import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type {
  DeadLetterAnswer,
  NotifierInput as NotifierBody,
  NotifierTestAnswer,
} from "../../../../src/contract/notifier.ts";
import { api } from "../../../shared/api-client.ts";
import type { Receipt } from "../../../shared/types.ts";
import { lastMessages, type LastMessage } from "../model/last-messages.ts";

export type { NotifierBody, NotifierTestAnswer };

export const useTestNotifier = (): UseMutationResult<NotifierTestAnswer, Error, number> =>
  useMutation({ mutationFn: (notifier: number) => api.post<NotifierTestAnswer>(`notifiers/${notifier}/test`) });

function useChange<T>(change: (value: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifiers"] }),
  });
}

export const useSaveNotifier = (notifier: number | undefined) =>
  useChange((body: NotifierBody) =>
    notifier === undefined ? api.post("notifiers", body) : api.put(`notifiers/${notifier}`, body),
  );

export const useRemoveNotifier = () => useChange((notifier: number) => api.delete(`notifiers/${notifier}`));

/** Messages that did not arrive; asked again now and then, as they come without anybody's doing. */
export const useLetters = (): UseQueryResult<readonly DeadLetterAnswer[]> =>
  useQuery({
    queryKey: ["dead-letters"],
    queryFn: ({ signal }) => api.get<readonly DeadLetterAnswer[]>("dead-letters", undefined, signal),
    refetchInterval: 15_000,
  });

function useLetterChange<T>(change: (letter: string) => Promise<T>): UseMutationResult<T, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ["dead-letters"] }),
  });
}

export const useSendLetter = () =>
  useLetterChange((letter) => api.post<NotifierTestAnswer>(`dead-letters/${letter}/send`));

export const useRemoveLetter = () => useLetterChange((letter) => api.delete(`dead-letters/${letter}`));

/** What became of each notifier's last message, by the receipts of the last alarms. */
export const useLastMessages = (): UseQueryResult<ReadonlyMap<number, LastMessage>> =>
  useQuery({
    queryKey: ["receipts", "messages"],
    queryFn: async ({ signal }) =>
      lastMessages(
        (await api.get<{ readonly receipts: readonly Receipt[] }>("receipts", { limit: 100 }, signal)).receipts,
      ),
    refetchInterval: 30_000,
  });
