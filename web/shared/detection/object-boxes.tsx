import { useContext, useState, type ReactElement } from "react";
import type { DetectionLook } from "../../../src/messages/detection.ts";
import { PicturesUnder } from "../live-picture/pictures-under.ts";
import { DrawnBoxes } from "./drawn-boxes.tsx";
import { noWays, withLook, type LiveWays } from "./live-ways.ts";
import { useObjectName } from "./object-name.ts";
import { useDrawn } from "./use-drawn.ts";

interface ObjectBoxesProps {
  /** Undefined: nothing is looked at now, and nothing is drawn. */
  readonly look: DetectionLook | undefined;
  /** Width ÷ height of the pictures where they do not fill their place: they stand in its middle. */
  readonly ratio?: number;
}

/**
 * What the detector sees, over the live picture: each object with its class, how sure it is, and the way it came, where
 * it is in the picture that is shown. Where that does not tell its time, as of the newest that was looked at.
 */
export function ObjectBoxes({ look, ratio }: ObjectBoxesProps): ReactElement {
  const nameOf = useObjectName();
  const { ways, at } = useLiveWays(look);
  const drawn = useDrawn(ways, useContext(PicturesUnder), at);
  const boxes = drawn.boxes.map(({ id, label, box, confidence = 0 }) => ({
    ...{ key: id, label, box },
    text: `${nameOf(label)} ${Math.round(confidence * 100)} %`,
  }));
  return <DrawnBoxes {...{ boxes, trails: drawn.trails, ratio }} />;
}

function useLiveWays(look: DetectionLook | undefined): LiveWays {
  const [known, setKnown] = useState<{ readonly look: DetectionLook | undefined; readonly ways: LiveWays }>({
    look: undefined,
    ways: noWays,
  });
  if (look === known.look) return known.ways;
  const ways = look === undefined ? noWays : withLook(known.ways, look);
  setKnown({ look, ways });
  return ways;
}
