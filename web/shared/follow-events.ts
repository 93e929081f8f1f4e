import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { LiveEvent } from "../../src/messages/api.ts";
import { onLiveEvent } from "./event-stream.ts";

/** What happened is told at once, and is in the database a moment later (50 ms, more on a busy disk). */
const looksMs = [100, 1000, 4000];

/** Queries are asked again when an event that concerns them came. The returned function ends it. */
export function followEvents(
  queries: QueryClient,
  queryKey: QueryKey,
  concerns: (event: LiveEvent) => boolean,
): () => void {
  let timers: ReturnType<typeof setTimeout>[] = [];
  const cancel = () => {
    for (const timer of timers) clearTimeout(timer);
  };
  const look = () => void queries.invalidateQueries({ queryKey });
  const end = onLiveEvent((event) => {
    if (!concerns(event)) return;
    cancel();
    timers = looksMs.map((ms) => setTimeout(look, ms));
  });
  return () => {
    end();
    cancel();
  };
}
