import type { ReactElement } from "react";
import type { Bookmark, Lock } from "../api/bookmarks.ts";
import type { Edge } from "../api/edges.ts";
import { axisHeight, rowHeightOf, type View, xOf } from "../model/view.ts";
import classes from "./player.module.css";
import type { TimelineRow } from "./timeline-rows.tsx";

interface TimelineMarksProps {
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly Lock[];
  /** Of the input that is looked for. */
  readonly edges: readonly Edge[];
  readonly rows: readonly TimelineRow[];
  readonly view: View;
  readonly width: number;
}

/** Flags of what is noted above the rows, and a line under what is locked. The list below says the same in words. */
export function TimelineMarks({ bookmarks, locks, edges, rows, view, width }: TimelineMarksProps): ReactElement {
  const rowHeight = rowHeightOf(rows.length);
  return (
    <g aria-hidden>
      {bookmarks.map(({ id, at, to, note }) => {
        const x = xOf(view, width, at);
        return (
          <g key={id} data-bookmark={id}>
            <title>{note}</title>
            {to !== undefined && (
              <rect className={classes["noted"]} x={x} y={0} height={3} width={Math.max(1, xOf(view, width, to) - x)} />
            )}
            <path className={classes["noted"]} d={`M${x} 0h8l-3 4 3 4h-7v${axisHeight - 8}h-1z`} />
          </g>
        );
      })}
      {edges.map(({ eventId, at, name, channel }) => {
        const x = xOf(view, width, at);
        const row = rows.findIndex((one) => one.channel === channel);
        return (
          <g key={eventId} data-edge={eventId}>
            <title>{name}</title>
            <line
              className={classes["edge"]}
              x1={x}
              x2={x}
              y1={row < 0 ? axisHeight - 4 : axisHeight + row * rowHeight}
              y2={axisHeight + (row < 0 ? rows.length : row + 1) * rowHeight}
            />
          </g>
        );
      })}
      {locks.map(({ id, channel, from, to }) => {
        const row = rows.findIndex((one) => one.channel === channel);
        if (row < 0) return null;
        const x = xOf(view, width, from);
        return (
          <rect
            key={id}
            className={classes["locked"]}
            data-lock={id}
            x={x}
            y={axisHeight + (row + 1) * rowHeight - 2}
            height={2}
            width={Math.max(2, xOf(view, width, to) - x)}
          />
        );
      })}
    </g>
  );
}
