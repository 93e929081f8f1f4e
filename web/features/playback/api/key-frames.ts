/** What a moment looked like: the key frame before it, small. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { KeyFrameAnswer } from "../../../../src/contract/key-frame.ts";
import { api, apiUrl } from "../../../shared/api-client.ts";

export type Thumb =
  | { readonly kind: "loading" | "none" | "failed" }
  /** The picture is there; `at` is its own time. */
  | { readonly kind: "picture"; readonly at: number; readonly src: string };

/** Footage comes to the list some seconds after it was seen. */
const settledMs = 30_000;

/**
 * The picture of a moment. A wish that another one follows is taken back: the server makes the newest first.
 *
 * @param at rounded by the caller, so that the next pixel needs no new request
 */
export function useThumb(channel: number | undefined, at: number): Thumb {
  const { data, isError } = useQuery({
    queryKey: ["key-frame", channel, at],
    queryFn: ({ signal }) => api.get<KeyFrameAnswer>(`channels/${channel}/key-frame`, { at }, signal),
    enabled: channel !== undefined,
    staleTime: at < Date.now() - settledMs ? Infinity : 0,
    retry: false,
  });
  const frame = data?.frame;
  const src = frame === undefined ? undefined : apiUrl(`channels/${channel}/${frame.picture}`);
  const loaded = useLoaded(src);
  if (isError || loaded === "failed") return { kind: "failed" };
  if (data !== undefined && frame === undefined) return { kind: "none" };
  if (frame === undefined || src === undefined || loaded === "loading") return { kind: "loading" };
  return { kind: "picture", at: frame.at, src };
}

/** Loads an image ahead of its place on the page; the browser keeps it. */
function useLoaded(src: string | undefined): "loading" | "loaded" | "failed" {
  const [done, setDone] = useState<{ readonly src: string; readonly state: "loaded" | "failed" }>();
  useEffect(() => {
    if (src === undefined) return undefined;
    const image = new Image();
    image.onload = () => setDone({ src, state: "loaded" });
    image.onerror = () => setDone({ src, state: "failed" });
    image.src = src;
    return () => {
      image.onload = null;
      image.onerror = null;
      // nobody waits for it any more
      image.src = "";
    };
  }, [src]);
  return done?.src === src && done !== undefined ? done.state : "loading";
}
