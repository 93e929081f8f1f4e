import { VisuallyHidden } from "@mantine/core";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { mostVertices, ruleScale, type RulePoint } from "../../../../src/domain/detection/rules.ts";
import { addPoint, arrowStep, leastVertices, type ShapeKind } from "../model/shape.ts";
import classes from "./canvas.module.css";
import { saidAt } from "./handles.tsx";
import { inPixels, type PictureSize } from "./shape-drawing.tsx";
import { placeUnder } from "./use-drag.ts";

interface DrawSurfaceProps {
  readonly kind: ShapeKind;
  readonly size: PictureSize;
  readonly label: string;
  readonly color: string;
  readonly points: readonly RulePoint[];
  readonly onPoints: (points: readonly RulePoint[]) => void;
  readonly onEnd: () => void;
}

/** Draws a shape anew: a click adds a point, a double click or Enter ends it; arrows and Space do the same. */
export function DrawSurface({ kind, size, label, color, points, onPoints, onEnd }: DrawSurfaceProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const surface = useRef<SVGSVGElement>(null);
  const help = useId();
  const [cursor, setCursor] = useState<RulePoint>({ x: ruleScale / 2, y: ruleScale / 2 });
  useEffect(() => {
    surface.current?.focus({ preventScroll: true });
    surface.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const isEnough = points.length >= leastVertices[kind];
  const add = (point: RulePoint): void => {
    const next = addPoint(points, point);
    onPoints(next);
    if (next.length >= mostVertices) onEnd();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = arrowStep(cursor, event.key, event.shiftKey);
    if (to !== undefined) setCursor(to);
    else if (event.key === " ") add(cursor);
    else if (event.key === "Enter" && isEnough) onEnd();
    else if (event.key === "Backspace" || event.key === "Delete") onPoints(points.slice(0, -1));
    else if (event.key === "Escape") onPoints([]);
    else return;
    event.preventDefault();
  };
  const drawn = points.map((point) => inPixels(point, size));
  const here = inPixels(cursor, size);
  const line = [...drawn, here];
  const d = line.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  return (
    <>
      <svg
        ref={surface}
        className={classes["surface"]}
        role="application"
        aria-label={label}
        aria-describedby={help}
        tabIndex={0}
        data-drawing={points.length}
        onPointerMove={(event) => setCursor(placeUnder(event))}
        onPointerDown={(event) => {
          if (event.button === 0) setCursor(placeUnder(event));
        }}
        onPointerUp={(event) => {
          if (event.button === 0) add(placeUnder(event));
        }}
        onDoubleClick={() => {
          if (isEnough) onEnd();
        }}
        onKeyDown={onKeyDown}
      >
        {drawn.length > 0 && <path className={classes["under"]} d={d} />}
        {drawn.length > 0 && <path className={classes["shape"]} d={d} stroke={color} fill="none" />}
        {drawn.map(({ x, y }, index) => (
          <circle key={index} cx={x} cy={y} r={5} fill="#fff" stroke="#000" strokeWidth={2} />
        ))}
        <path className={classes["cursor"]} d={`M${here.x - 9} ${here.y}h18M${here.x} ${here.y - 9}v18`} />
      </svg>
      <VisuallyHidden id={help}>{t("draw.keys")}</VisuallyHidden>
      <VisuallyHidden role="status">{t("draw.now", { count: points.length, ...saidAt(cursor) })}</VisuallyHidden>
    </>
  );
}
