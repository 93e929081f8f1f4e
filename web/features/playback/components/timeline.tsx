import { Group, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type ReactElement, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { Bookmark, Lock } from "../api/bookmarks.ts";
import type { Edge } from "../api/edges.ts";
import { axisHeight, pan, rowAt, rowHeightOf, type View, xOf, zoom } from "../model/view.ts";
import type { Range } from "../model/line.ts";
import type { Session } from "../player/session.ts";
import { usePosition } from "../player/use-session.ts";
import classes from "./player.module.css";
import { TimelineMotion } from "./timeline-motion.tsx";
import { TimelineMarks } from "./timeline-marks.tsx";
import { TimelineThumb } from "./timeline-thumb.tsx";
import { type TimelineRow, TimelineRows } from "./timeline-rows.tsx";
import { type Hovered, useTimelineGestures } from "./use-timeline-gestures.ts";
import { useTold } from "./use-told.ts";

interface TimelineProps {
  readonly session: Session;
  readonly rows: readonly TimelineRow[];
  readonly view: View;
  readonly range: Range | undefined;
  readonly bookmarks: readonly Bookmark[];
  readonly locks: readonly Lock[];
  readonly edges: readonly Edge[];
  readonly onView: (view: View) => void;
  readonly onRange: (range: Range) => void;
  readonly onGo: (wall: number) => void;
}

/** More cameras are not told of one by one. */
const mostTold = 4;

/** The day as a picture: what was recorded why, what is missing, where the players are. A slider for the keyboard. */
export function Timeline(props: TimelineProps): ReactElement {
  const { session, rows, view, range, bookmarks, locks, edges, onView, onRange, onGo } = props;
  const { t } = useTranslation("playback");
  const format = useFormat();
  const svg = useRef<SVGSVGElement>(null);
  const { ref, width } = useElementSize();
  const [hovered, setHovered] = useState<Hovered>();
  const position = usePosition(session, 250);
  const gestures = useTimelineGestures(svg, {
    ...{ view, width, onView, onSeek: onGo },
    onRange: (from, to) => onRange({ from, to }),
    onHover: setHovered,
  });
  const keyDown = (event: KeyboardEvent): void => {
    const factors: Record<string, number> = { "+": 0.5, "=": 0.5, "-": 2 };
    const factor = factors[event.key];
    const length = view.to - view.from;
    if (factor !== undefined) onView(zoom(view, factor, position));
    else if (event.key === "PageUp") onView(pan(view, -length / 2));
    else if (event.key === "PageDown") onView(pan(view, length / 2));
    else if (event.key === "Home") onGo(view.from);
    else if (event.key === "End") onGo(view.to);
    else return;
    event.preventDefault();
  };
  const looked = hovered?.wall ?? position;
  const what = useTold(rows, looked);
  // of many rows the one that is pointed at is told of, else how many have footage
  const row = hovered === undefined ? undefined : rowAt(hovered.y, rows.length);
  const recorded = rows.filter(({ bands }) =>
    bands.some(({ kind, from, to }) => kind !== "gap" && from <= looked && looked < to),
  ).length;
  const summary = t("band.some", { count: recorded, total: rows.length });
  const many = row === undefined ? [summary] : [what[row] ?? ""];
  const told = rows.length > mostTold ? many : what;
  const height = axisHeight + rows.length * rowHeightOf(rows.length) + 4;
  const playhead = xOf(view, width, position);
  const pointed = rows[row ?? -1];
  return (
    <div ref={ref} className={classes["line"]}>
      {hovered !== undefined && pointed !== undefined && width > 0 && (
        <TimelineThumb channel={pointed.channel} name={pointed.name} wall={hovered.wall} {...{ view, width }} />
      )}
      <svg
        ref={svg}
        className={classes["timeline"]}
        height={height}
        role="slider"
        tabIndex={0}
        aria-label={t("timeline.label")}
        aria-valuemin={Math.round(view.from)}
        aria-valuemax={Math.round(view.to)}
        aria-valuenow={Math.round(position)}
        aria-valuetext={`${format.dateTime(position)}. ${told.join(". ")}`}
        onKeyDown={keyDown}
        {...gestures}
      >
        <TimelineRows rows={rows} view={view} width={width} />
        <TimelineMotion rows={rows} view={view} width={width} />
        <TimelineMarks {...{ bookmarks, locks, edges, rows, view, width }} />
        {range !== undefined && (
          <rect
            className={classes["range"]}
            x={xOf(view, width, range.from)}
            width={Math.max(1, xOf(view, width, range.to) - xOf(view, width, range.from))}
            y={1}
            height={height - 2}
          />
        )}
        {hovered !== undefined && (
          <line
            className={classes["cursor"]}
            x1={xOf(view, width, hovered.wall)}
            x2={xOf(view, width, hovered.wall)}
            y1={0}
            y2={height}
          />
        )}
        <line className={classes["playhead"]} x1={playhead} x2={playhead} y1={0} y2={height} />
      </svg>
      <Group gap="sm" mt={4} mih={22} wrap="nowrap">
        <Text size="xs" fw={600} className={classes["clock"]}>
          {format.time(looked)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {told.join(" · ")}
        </Text>
      </Group>
    </div>
  );
}
