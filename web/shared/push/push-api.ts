import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { PushAnswer, PushPeople, SubscriptionAnswer } from "../../../src/contract/push.ts";
import { api } from "../api-client.ts";
import { currentLanguage } from "../i18n.ts";
import { ownMark, pushFacts, subscribeHere, unsubscribeHere } from "./push-browser.ts";
import { pushHindrance } from "./push-state.ts";

export type { SubscriptionAnswer };

/** One's own subscriptions, and which of them is this browser. */
export interface OwnPush {
  readonly subscriptions: readonly SubscriptionAnswer[];
  readonly here: SubscriptionAnswer | undefined;
}

export const useOwnPush = (): UseQueryResult<OwnPush> =>
  useQuery({
    queryKey: ["push"],
    queryFn: async ({ signal }) => {
      const { subscriptions } = await api.get<PushAnswer>("push", undefined, signal);
      const mark = pushHindrance(pushFacts()) === undefined ? await ownMark() : undefined;
      return { subscriptions, here: subscriptions.find((one) => one.mark === mark) };
    },
  });

export const usePushPeople = (enabled: boolean): UseQueryResult<PushPeople> =>
  useQuery({
    queryKey: ["push/people"],
    enabled,
    queryFn: ({ signal }) => api.get<PushPeople>("push/people", undefined, signal),
  });

function usePushChange<T>(change: (value: T) => Promise<unknown>): UseMutationResult<unknown, Error, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["push"] }),
        queries.invalidateQueries({ queryKey: ["push/people"] }),
      ]),
  });
}

export const useSubscribe = (): UseMutationResult<unknown, Error, undefined> =>
  usePushChange<undefined>(async () => {
    const { publicKey } = await api.put<{ readonly publicKey: string }>("push/key", {});
    return api.post("push/subscriptions", await subscribeHere(publicKey, currentLanguage()));
  });

/** `here`: it is this browser, which also tells its push service. */
export const useUnsubscribe = (): UseMutationResult<
  unknown,
  Error,
  { readonly subscription: number; readonly here: boolean }
> =>
  usePushChange(async ({ subscription, here }) => {
    await api.delete(`push/subscriptions/${subscription}`);
    if (here) await unsubscribeHere();
  });
