import type { ReactElement } from "react";
import { ruleScale, type DetectionRule, type RulePoint } from "../../../../src/domain/detection/rules.ts";
import { shapeKindOf, shapeOf } from "../model/rules.ts";
import { sideMark } from "../model/shape.ts";
import classes from "./canvas.module.css";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** In pixels of the picture on the page. */
export const inPixels = ({ x, y }: RulePoint, { width, height }: PictureSize): RulePoint => ({
  x: (x / ruleScale) * width,
  y: (y / ruleScale) * height,
});

interface ShapeDrawingProps {
  readonly rule: DetectionRule;
  readonly size: PictureSize;
  readonly color: string;
}

/** A line with its sides A and B and an arrow, or an area. */
export function ShapeDrawing({ rule, size, color }: ShapeDrawingProps): ReactElement | null {
  const points = shapeOf(rule).map((point) => inPixels(point, size));
  if (points.length < 2) return null;
  const isArea = shapeKindOf(rule) === "area";
  const d = `${points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("")}${isArea ? "Z" : ""}`;
  return (
    <g>
      <path className={classes["under"]} d={d} />
      <path className={classes["shape"]} d={d} stroke={color} fill={isArea ? color : "none"} fillOpacity={0.18} />
      {rule.kind === "tripwire" && <Sides points={points} direction={rule.direction} color={color} />}
    </g>
  );
}

/** How far the letters stand from the line, and how long the arrow is. */
const [letters, reach, tip] = [30, 18, 6];

interface SidesProps {
  readonly points: readonly RulePoint[];
  readonly direction: "a-to-b" | "b-to-a" | "both";
  readonly color: string;
}

function Sides({ points, direction, color }: SidesProps): ReactElement | null {
  const mark = sideMark(points);
  if (mark === undefined) return null;
  const { x, y, toB } = mark;
  const along = (by: number): string => `${x + toB.x * by} ${y + toB.y * by}`;
  const head = (sign: 1 | -1): string => {
    const [backX, backY] = [x + toB.x * (reach - tip) * sign, y + toB.y * (reach - tip) * sign];
    const [sideX, sideY] = [-toB.y * tip, toB.x * tip];
    return `M${backX + sideX} ${backY + sideY}L${along(reach * sign)}L${backX - sideX} ${backY - sideY}`;
  };
  const toSideB = direction === "b-to-a" ? "" : head(1);
  const toSideA = direction === "a-to-b" ? "" : head(-1);
  const d = `M${along(-reach)}L${along(reach)}${toSideB}${toSideA}`;
  return (
    <g data-direction={direction}>
      <path className={classes["under"]} d={d} />
      <path className={classes["shape"]} d={d} stroke={color} fill="none" />
      <text className={classes["side"]} x={x - toB.x * letters} y={y - toB.y * letters}>
        A
      </text>
      <text className={classes["side"]} x={x + toB.x * letters} y={y + toB.y * letters}>
        B
      </text>
    </g>
  );
}
