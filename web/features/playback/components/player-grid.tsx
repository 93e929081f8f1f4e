import { type CSSProperties, type ReactElement, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import type { Timeline } from "../api/timeline.ts";
import type { Session } from "../player/session.ts";
import { usePosition } from "../player/use-session.ts";
import { rowHeightOf } from "../model/view.ts";
import { columnsOf, streamFor } from "../model/wall.ts";
import classes from "./player.module.css";
import { PlayerTile } from "./player-tile.tsx";

interface PlayerGridProps {
  readonly session: Session;
  readonly channels: readonly Channel[];
  readonly timeline: Timeline | undefined;
  /** The camera that is shown alone. */
  readonly alone: number | undefined;
  readonly onAlone: (channel: number | undefined) => void;
  /** Who was there is drawn over the pictures. */
  readonly boxes: boolean;
  readonly grid: RefObject<HTMLDivElement | null>;
}

/** One to sixteen players side by side, all of the same moment; or one of them alone. */
export function PlayerGrid({
  session,
  channels,
  timeline,
  alone,
  onAlone,
  boxes,
  grid,
}: PlayerGridProps): ReactElement {
  const { t } = useTranslation("playback");
  const position = usePosition(session, 250);
  const gapOf = (channel: number) =>
    timeline?.gaps?.find((gap) => gap.channel === channel && gap.from <= position + 500 && position < gap.to)?.reason;
  const shown = channels.filter(({ channel }) => alone === undefined || channel === alone);
  const columns = columnsOf(shown.length);
  const rows = Math.ceil(shown.length / columns);
  const stream = streamFor(shown.length);
  // what the timeline of many cameras is higher
  const lower = `${Math.max(0, channels.length * rowHeightOf(channels.length) - 4 * rowHeightOf(4))}px`;
  const style = {
    "--lower": lower,
    "--columns": columns,
    "--ratio": (columns / Math.max(1, rows)) * (16 / 9),
  } as CSSProperties;
  return (
    <div className={classes["stage"]}>
      <div
        ref={grid}
        className={classes["grid"]}
        style={style}
        role="group"
        aria-label={t("players")}
        data-players={shown.length}
      >
        {shown.map(({ channel, name }) => (
          <PlayerTile
            key={channel}
            {...{ session, channel, name, stream, boxes }}
            gapReason={gapOf(channel)}
            isAlone={channels.length > 1 ? channel === alone : undefined}
            onAlone={() => onAlone(channel === alone ? undefined : channel)}
          />
        ))}
      </div>
    </div>
  );
}
