import type { QueryClient } from "@tanstack/react-query";
import { closeCodes } from "../../src/contract/streams.ts";
import { onStreamEnd } from "./event-stream.ts";

/**
 * A session that was ended elsewhere is asked for at once, so that the page says so and not only shows old things; what
 * somebody may see now is read anew when their rights were changed. The returned function ends it.
 */
export const followLogin = (queries: QueryClient): (() => void) =>
  onStreamEnd((code) => {
    if (code === closeCodes.loggedOut) void queries.invalidateQueries({ queryKey: ["me"] });
    if (code === closeCodes.rightsChanged) void queries.invalidateQueries();
  });
