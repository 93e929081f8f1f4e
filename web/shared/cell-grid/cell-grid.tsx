import { VisuallyHidden } from "@mantine/core";
import { memo, useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { columns, rows, type CellMap } from "../../../src/domain/detection/motion-grid.ts";
import classes from "./cell-grid.module.css";
import { borderOf, countOf, pathOf, placeOf, type Brush } from "./paint.ts";
import { usePainting } from "./use-painting.ts";

/** Cells that belong together, in a colour and under a number of their own. */
export interface CellLayer {
  readonly key: string | number;
  readonly map: CellMap;
  /** Of CSS. */
  readonly color: string;
  /** Stands at their upper left; a colour alone says nothing to many people. */
  readonly mark?: string;
}

interface CellGridProps {
  /** Says what is drawn, to screen readers. */
  readonly label: string;
  readonly drawn: CellLayer;
  /** Shown beneath it, not to be changed. */
  readonly others?: readonly CellLayer[];
  readonly brush: Brush;
  /** How much of each cell moves now, 0–1. */
  readonly strengths?: readonly number[];
  readonly onPaint: (map: CellMap) => void;
}

/** Cells drawn over a picture: press and drag paints, or erases where it began on a painted one; arrows and Space do so too. */
export function CellGrid({ label, drawn, others = [], brush, strengths, onPaint }: CellGridProps): ReactElement {
  const { t } = useTranslation("common");
  const painting = usePainting(drawn.map, brush, onPaint);
  const help = useId();
  const { x, y } = placeOf(painting.cursor);
  const isOn = painting.map[painting.cursor] === 1;
  return (
    <>
      <svg
        className={classes["grid"]}
        viewBox={`0 0 ${columns} ${rows}`}
        preserveAspectRatio="none"
        role="application"
        aria-label={label}
        aria-describedby={help}
        tabIndex={0}
        data-painted={countOf(painting.map)}
        {...painting.handlers}
      >
        <Lines />
        {strengths !== undefined && <Moving strengths={strengths} />}
        {others.map((layer) => (
          <Layer key={layer.key} layer={layer} fill={0.08} />
        ))}
        <Layer layer={{ ...drawn, map: painting.map }} fill={0.2} />
        <rect className={classes["cursor"]} x={x} y={y} width={1} height={1} />
      </svg>
      {[...others, { ...drawn, map: painting.map }].map((layer) => (
        <Mark key={layer.key} layer={layer} />
      ))}
      <VisuallyHidden id={help}>{t("grid.how")}</VisuallyHidden>
      <VisuallyHidden role="status">
        {t(isOn ? "grid.on" : "grid.off", { column: x + 1, row: y + 1, count: countOf(painting.map) })}
      </VisuallyHidden>
    </>
  );
}

const linesPath = [
  ...Array.from({ length: columns - 1 }, (_, x) => `M${x + 1} 0v${rows}`),
  ...Array.from({ length: rows - 1 }, (_, y) => `M0 ${y + 1}h${columns}`),
].join("");

const Lines = memo(function Lines(): ReactElement {
  return <path className={classes["lines"]} d={linesPath} />;
});

function Layer({ layer: { map, color }, fill }: { readonly layer: CellLayer; readonly fill: number }): ReactElement {
  const border = borderOf(map);
  return (
    <g>
      <path d={pathOf(map)} fill={color} fillOpacity={fill} />
      <path className={classes["halo"]} d={border} />
      <path className={classes["border"]} d={border} stroke={color} />
    </g>
  );
}

function Mark({ layer: { map, color, mark } }: { readonly layer: CellLayer }): ReactElement | null {
  const first = map.indexOf(1);
  if (mark === undefined || first < 0) return null;
  const { x, y } = placeOf(first);
  const style = { left: `${(x / columns) * 100}%`, top: `${(y / rows) * 100}%`, background: color };
  return (
    <span className={classes["number"]} style={style} aria-hidden>
      {mark}
    </span>
  );
}

/** Cells that move now light up. */
function Moving({ strengths }: { readonly strengths: readonly number[] }): ReactElement {
  return (
    <g data-moving={strengths.filter((value) => value > 0).length}>
      {strengths.map((value, cell) => {
        if (value <= 0) return null;
        const { x, y } = placeOf(cell);
        return (
          <rect
            key={cell}
            className={classes["moves"]}
            x={x}
            y={y}
            width={1}
            height={1}
            fillOpacity={0.25 + 0.5 * value}
          />
        );
      })}
    </g>
  );
}
