import type { KeyboardEvent, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ruleScale, type RulePoint } from "../../../../src/domain/detection/rules.ts";
import { arrowStep, middles, movePoint, percentOf, removePoint, splitSide, type ShapeKind } from "../model/shape.ts";
import classes from "./canvas.module.css";
import { useDrag } from "./use-drag.ts";

interface HandlesProps {
  readonly points: readonly RulePoint[];
  readonly kind: ShapeKind;
  readonly onPoints: (points: readonly RulePoint[]) => void;
}

/** The points of a shape: dragged, moved by arrow keys, taken away by Delete; between two of them one more can be had. */
export function Handles({ points, kind, onPoints }: HandlesProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  return (
    <>
      {points.map((point, index) => (
        <Handle
          key={index}
          at={point}
          label={t("draw.point", { number: index + 1, all: points.length, ...saidAt(point) })}
          onMove={(to) => onPoints(movePoint(points, index, to))}
          onRemove={() => onPoints(removePoint(points, index, kind))}
        />
      ))}
      {middles(points, kind).map((point, index) => (
        <button
          key={`middle ${index}`}
          type="button"
          className={classes["handle"]}
          data-middle
          style={styleAt(point)}
          aria-label={t("draw.split", { from: index + 1, to: ((index + 1) % points.length) + 1 })}
          onClick={() => onPoints(splitSide(points, index))}
        />
      ))}
    </>
  );
}

const styleAt = ({ x, y }: RulePoint) => ({ left: `${(x / ruleScale) * 100}%`, top: `${(y / ruleScale) * 100}%` });

/** Percent of the picture, for words. */
export const saidAt = ({ x, y }: RulePoint) => ({ left: percentOf(x), top: percentOf(y) });

interface HandleProps {
  readonly at: RulePoint;
  readonly label: string;
  readonly onMove: (to: RulePoint) => void;
  readonly onRemove?: () => void;
  /** Of a rectangle. */
  readonly corner?: boolean;
}

export function Handle({ at, label, onMove, onRemove, corner = false }: HandleProps): ReactElement {
  const drag = useDrag(onMove);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = arrowStep(at, event.key, event.shiftKey);
    const removes = event.key === "Delete" || event.key === "Backspace";
    if (to === undefined && !removes) return;
    event.preventDefault();
    if (to === undefined) onRemove?.();
    else onMove(to);
  };
  return (
    <button
      type="button"
      className={classes["handle"]}
      {...(corner ? { "data-corner": true } : { "data-point": true })}
      style={styleAt(at)}
      aria-label={label}
      onKeyDown={onKeyDown}
      {...drag}
    />
  );
}
