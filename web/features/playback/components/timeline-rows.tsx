import { memo, type ReactElement } from "react";
import { useFormat } from "../../../shared/site-data.ts";
import { drawn, heightOf, type Band } from "../model/bands.ts";
import type { MotionLine } from "../model/motion.ts";
import { zoneOffset } from "../model/days.ts";
import { axisHeight, labelsAreDays, rowHeightOf, stripHeightOf, ticks, type View, xOf } from "../model/view.ts";
import classes from "./player.module.css";
import { patternOf, TimelinePatterns } from "./timeline-patterns.tsx";

export interface TimelineRow {
  readonly channel: number;
  readonly name: string;
  readonly bands: readonly Band[];
  /** Absent: nobody looked for motion. */
  readonly motion?: MotionLine;
}

interface TimelineRowsProps {
  readonly rows: readonly TimelineRow[];
  readonly view: View;
  readonly width: number;
}

/** The bands of each channel and the labels of the hours; drawn again when the view moves, not while it plays. */
export const TimelineRows = memo(function TimelineRows({ rows, view, width }: TimelineRowsProps): ReactElement {
  const format = useFormat();
  const rowHeight = rowHeightOf(rows.length);
  const inset = rowHeight > 12 ? 2 : 1;
  const height = axisHeight + rows.length * rowHeight;
  const labels = ticks(view, width, 84, zoneOffset(view.from, format.timeZone));
  const isFine = view.to - view.from < 600_000;
  const isDays = labelsAreDays(view, width);
  const labelOf = (at: number): string => {
    if (isDays) return format.day(at).replace(/ \d{4}$/, "");
    return isFine ? format.time(at) : format.time(at).slice(0, 5);
  };
  return (
    <>
      <TimelinePatterns />
      {labels.map((at) => {
        const x = xOf(view, width, at);
        return (
          <g key={at}>
            <line className={classes["tick"]} x1={x} x2={x} y1={0} y2={height} />
            <text x={Math.min(x + 4, width - (isFine || isDays ? 54 : 34))} y={14}>
              {labelOf(at)}
            </text>
          </g>
        );
      })}
      {rows.map(({ channel, bands, motion }, row) =>
        drawn(
          bands.filter(({ from, to }) => to > view.from && from < view.to),
          (view.to - view.from) / Math.max(1, width),
        ).map((band) => {
          const { kind, from, to } = band;
          const strip = motion === undefined ? 0 : stripHeightOf(rows.length);
          const height = (rowHeight - 2 * inset - strip) * heightOf(band);
          const x = Math.max(-2, xOf(view, width, from));
          return (
            <rect
              key={`${channel} ${kind} ${from}`}
              x={x}
              y={axisHeight + (row + 1) * rowHeight - inset - strip - height}
              width={Math.max(1.5, Math.min(width + 2, xOf(view, width, to)) - x)}
              height={height}
              fill={patternOf(kind)}
              data-kind={kind}
            />
          );
        }),
      )}
    </>
  );
});
