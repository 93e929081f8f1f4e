/** Dragging a tile to another place, with mouse, pen or finger. */
import { useCallback, useEffect, useRef, useState, type PointerEvent } from "react";

/** A press that moves less than this stays a press; CSS pixels. */
const slackPx = 8;

export interface PlaceDrag {
  /** The place under the pointer while something is dragged. */
  readonly over: number | undefined;
  readonly start: (place: number, event: PointerEvent<HTMLElement>) => void;
}

const placeAt = (x: number, y: number): number | undefined => {
  const found = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-place]");
  return found === null || found === undefined ? undefined : Number(found.dataset["place"]);
};

/** `drop` is called with both places when a tile was let go over another. */
export function usePlaceDrag(drop: (from: number, to: number) => void): PlaceDrag {
  const [over, setOver] = useState<number>();
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);
  const start = useCallback(
    (from: number, { clientX, clientY, button }: PointerEvent<HTMLElement>) => {
      if (button !== 0) return;
      let moving = false;
      const move = (event: globalThis.PointerEvent): void => {
        if (!moving && Math.hypot(event.clientX - clientX, event.clientY - clientY) < slackPx) return;
        moving = true;
        event.preventDefault();
        setOver(placeAt(event.clientX, event.clientY));
      };
      const stop = (): void => {
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", up);
        document.removeEventListener("pointercancel", stop);
        setOver(undefined);
      };
      const up = (event: globalThis.PointerEvent): void => {
        const to = moving ? placeAt(event.clientX, event.clientY) : undefined;
        stop();
        if (to !== undefined && to !== from) drop(from, to);
      };
      end.current = stop;
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", up);
      document.addEventListener("pointercancel", stop);
    },
    [drop],
  );
  return { over, start };
}
