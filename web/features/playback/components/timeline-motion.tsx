import { memo, type ReactElement } from "react";
import { motionPaths } from "../model/motion.ts";
import { axisHeight, rowHeightOf, stripHeightOf, type View } from "../model/view.ts";
import classes from "./player.module.css";
import type { TimelineRow } from "./timeline-rows.tsx";

interface TimelineMotionProps {
  readonly rows: readonly TimelineRow[];
  readonly view: View;
  readonly width: number;
}

/** Under each camera's recordings how much moved; the thin line beneath is missing where nobody looked. */
export const TimelineMotion = memo(function TimelineMotion({ rows, view, width }: TimelineMotionProps): ReactElement {
  const rowHeight = rowHeightOf(rows.length);
  const height = stripHeightOf(rows.length);
  return (
    <g aria-hidden>
      {rows.map(({ channel, motion }, row) => {
        if (motion === undefined) return null;
        const y = axisHeight + (row + 1) * rowHeight - 1;
        const { moved, watched } = motionPaths(motion, view, width, { y, height });
        return (
          <g key={channel} data-motion={channel}>
            <path className={classes["watched"]} d={watched} />
            <path className={classes["moved"]} d={moved} />
          </g>
        );
      })}
    </g>
  );
});
