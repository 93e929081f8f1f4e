import { useEffect, useRef, useState } from "react";
import type { ShownPictures } from "../live-picture/shown-pictures.ts";
import type { Trail } from "./trails.ts";
import { boxesAt, trailsAt, type BoxThere, type Way } from "./ways.ts";

export interface Drawn {
  readonly boxes: readonly BoxThere[];
  readonly trails: readonly Trail[];
}

const nothing: Drawn = { boxes: [], trails: [] };

/**
 * Who was where in the picture that is shown, and the ways they came, at that picture's own time: also step by step,
 * backwards and at any speed. `otherwise`: the time to draw while a picture does not tell its own.
 */
export function useDrawn(ways: readonly Way[], pictures: ShownPictures | undefined, otherwise?: number): Drawn {
  const [drawn, setDrawn] = useState(nothing);
  const facts = useRef({ ways, otherwise });
  const shown = useRef<number>(undefined);
  useEffect(() => {
    // what has come meanwhile belongs to the picture that stands
    facts.current = { ways, otherwise };
    setDrawn((before) => drawnAt(before, ways, shown.current ?? otherwise));
  }, [ways, otherwise]);
  useEffect(() => {
    const watching = pictures?.watch((wall) => {
      shown.current = wall;
      const { ways: known, otherwise: newest } = facts.current;
      setDrawn((before) => drawnAt(before, known, wall ?? newest));
    });
    return () => {
      shown.current = undefined;
      watching?.[Symbol.dispose]();
    };
  }, [pictures]);
  return drawn;
}

/** The same value where nothing is drawn: then nothing is drawn anew. */
function drawnAt(before: Drawn, ways: readonly Way[], at: number | undefined): Drawn {
  if (at === undefined || ways.length === 0) return nothing;
  const next: Drawn = { boxes: boxesAt(ways, at), trails: trailsAt(ways, at) };
  if (next.boxes.length === 0 && next.trails.length === 0) return nothing;
  return isSame(before, next) ? before : next;
}

/** Who stands still is drawn once, not with each picture. */
const isSame = (one: Drawn, other: Drawn): boolean => pictureOf(one) === pictureOf(other);

const pictureOf = ({ boxes, trails }: Drawn): string =>
  JSON.stringify([
    boxes.map(({ id, box, confidence }) => [id, box, confidence]),
    trails.map(({ steps }) => steps.map(({ x, y }) => [x, y])),
  ]);
