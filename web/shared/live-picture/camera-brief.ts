import { useMemo } from "react";
import { useLive } from "../event-stream.ts";
import type { CameraBrief } from "./tile-words.ts";

/** What a tile says of its camera; drawn again only when that changes, not with every bit rate. */
export function useCameraBrief(channel: number): CameraBrief | undefined {
  const text = useLive((live) => {
    const camera = live.channels.find((one) => one.channel === channel);
    if (camera === undefined) return undefined;
    const { state, since, reason } = camera;
    return JSON.stringify({ state, since, reason });
  });
  return useMemo(() => (text === undefined ? undefined : (JSON.parse(text) as CameraBrief)), [text]);
}
