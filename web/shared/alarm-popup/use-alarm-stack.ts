import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { AlarmsPage } from "../../../src/contract/alarm.ts";
import { api } from "../api-client.ts";
import { followEvents } from "../follow-events.ts";
import { useMay } from "../site-data.ts";
import { useNow } from "../use-now.ts";
import { freshMs, stackOf, type Stack } from "./stack.ts";

/** More never come to the front. */
const asked = 20;
const queryKey = ["alarms", "popup"];

/** Put away on this page, until it is loaded again; shared by all who show alarms. */
let dismissed: ReadonlySet<string> = new Set();
const watchers = new Set<() => void>();
const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The alarm stays new, and in the inbox. */
export function dismissAlarm(id: string): void {
  dismissed = new Set([...dismissed, id]);
  for (const watcher of watchers) watcher();
}

/** Alarms that come to the front, as they are now; `fresh` ms after their last edge no longer. `hidden`: others too. */
export function useAlarmStack(most: number, fresh = freshMs, hidden = false): Stack {
  const queries = useQueryClient();
  const away = useSyncExternalStore(watch, () => dismissed);
  const now = useNow(1000);
  // displays show what comes up, too
  const maySee = useMay("live");
  const { data } = useQuery({
    queryKey,
    enabled: maySee,
    queryFn: ({ signal }) => api.get<AlarmsPage>("alarms", { state: "new", limit: asked }, signal),
  });
  useEffect(
    () =>
      followEvents(
        queries,
        queryKey,
        (event) => event.kind === "alarms" || (event.kind === "receipt" && event.receipt.alarmId !== undefined),
      ),
    [queries],
  );
  return stackOf(data?.alarms ?? [], { now, dismissed: away, most, fresh, hidden });
}

export function useAcknowledge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`alarms/${id}/acknowledge`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["alarms"] }),
  });
}

export const useSilence = () => useMutation({ mutationFn: () => api.post("silence") });
