import { useElementSize } from "@mantine/hooks";
import type { ReactElement } from "react";
import type { ObjectBox } from "../../../src/domain/detection/objects.ts";
import classes from "./object-boxes.module.css";
import { boxColor, pathOfTrail, type Trail } from "./trails.ts";

export interface DrawnBox {
  readonly key: string | number;
  readonly label: string;
  /** What stands at it. */
  readonly text: string;
  readonly box: ObjectBox;
}

interface DrawnBoxesProps {
  readonly boxes: readonly DrawnBox[];
  readonly trails: readonly Trail[];
  /** Width ÷ height of the pictures where they do not fill their place: they stand in its middle. */
  readonly ratio?: number | undefined;
}

/** Boxes over a picture, each with what it is, and the ways that objects came. */
export function DrawnBoxes({ boxes, trails, ratio }: DrawnBoxesProps): ReactElement {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const place = ratio === undefined ? { inset: 0 } : placeOf(ratio);
  const label = boxes.map(({ text }) => text).join(", ");
  return (
    <div className={classes["over"]} data-objects={boxes.length}>
      <div ref={ref} style={{ position: "absolute", ...place }}>
        <svg
          className={classes["boxes"]}
          {...(boxes.length === 0 ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
        >
          {trails.map((trail) => (
            <path
              key={trail.track}
              className={classes["trail"]}
              d={pathOfTrail(trail, width, height)}
              stroke={boxColor(trail.label)}
            />
          ))}
          {boxes.map(({ key, label, box }) => {
            const at = { x: box.x * width, y: box.y * height, width: box.width * width, height: box.height * height };
            return (
              <g key={key}>
                <rect className={classes["under"]} {...at} />
                <rect className={classes["box"]} {...at} stroke={boxColor(label)} />
              </g>
            );
          })}
        </svg>
        {boxes.map(({ key, label, box, text }) => (
          <span
            key={key}
            className={classes["word"]}
            style={{
              left: `${Math.max(0, box.x) * 100}%`,
              bottom: `min(${(1 - box.y) * 100}%, 100% - 16px)`,
              background: boxColor(label),
            }}
            aria-hidden
          >
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}

/** As `object-fit: contain` puts a picture of this shape. */
const placeOf = (ratio: number) =>
  ({
    ...{ top: "50%", left: "50%", transform: "translate(-50%, -50%)", aspectRatio: ratio },
    ...{ width: `min(100%, 100cqh * ${ratio})` },
  }) as const;
