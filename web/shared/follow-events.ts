import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { LiveEvent } from "../../src/messages/api.ts";
import { onLiveEvent } from "./event-stream.ts";
import { createLooks } from "./looks.ts";

/** Queries are asked again when an event that concerns them came. The returned function ends it. */
export function followEvents(
  queries: QueryClient,
  queryKey: QueryKey,
  concerns: (event: LiveEvent) => boolean,
): () => void {
  const looks = createLooks(() => void queries.invalidateQueries({ queryKey }));
  const end = onLiveEvent((event) => {
    if (concerns(event)) looks.ask();
  });
  return () => {
    end();
    looks.cancel();
  };
}
