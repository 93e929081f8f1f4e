import { useState, type ReactElement } from "react";
import type { DetectionLook } from "../../../src/messages/detection.ts";
import { DrawnBoxes } from "./drawn-boxes.tsx";
import { useObjectName } from "./object-name.ts";
import { withObjects, type Trail } from "./trails.ts";

interface ObjectBoxesProps {
  /** Undefined: nothing is looked at now, and nothing is drawn. */
  readonly look: DetectionLook | undefined;
  /** Width ÷ height of the pictures where they do not fill their place: they stand in its middle. */
  readonly ratio?: number;
}

/** What the detector sees, over the picture: each object with its class, how sure it is, and the way it came. */
export function ObjectBoxes({ look, ratio }: ObjectBoxesProps): ReactElement {
  const nameOf = useObjectName();
  const trails = useTrails(look);
  const boxes = (look?.objects ?? []).map(({ track, label, box, confidence }) => ({
    ...{ key: track, label, box },
    text: `${nameOf(label)} ${Math.round(confidence * 100)} %`,
  }));
  return <DrawnBoxes {...{ boxes, trails, ratio }} />;
}

function useTrails(look: DetectionLook | undefined): readonly Trail[] {
  const [drawn, setDrawn] = useState<{ readonly look: DetectionLook | undefined; readonly trails: readonly Trail[] }>({
    look: undefined,
    trails: [],
  });
  if (look === drawn.look) return drawn.trails;
  const trails = look === undefined ? [] : withObjects(drawn.trails, look.objects, look.wall);
  setDrawn({ look, trails });
  return trails;
}
