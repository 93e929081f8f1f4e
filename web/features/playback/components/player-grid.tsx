import { type CSSProperties, type ReactElement, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import type { Timeline } from "../api/timeline.ts";
import type { Session } from "../player/session.ts";
import { usePosition } from "../player/use-session.ts";
import classes from "./player.module.css";
import { PlayerTile } from "./player-tile.tsx";

interface PlayerGridProps {
  readonly session: Session;
  readonly channels: readonly Channel[];
  readonly timeline: Timeline | undefined;
  readonly grid: RefObject<HTMLDivElement | null>;
}

/** One to four players side by side, all of the same moment. */
export function PlayerGrid({ session, channels, timeline, grid }: PlayerGridProps): ReactElement {
  const { t } = useTranslation("playback");
  const position = usePosition(session, 250);
  const gapOf = (channel: number) =>
    timeline?.gaps?.find((gap) => gap.channel === channel && gap.from <= position + 500 && position < gap.to)?.reason;
  const columns = channels.length > 1 ? 2 : 1;
  const rows = Math.ceil(channels.length / columns);
  const style = { "--columns": columns, "--ratio": (columns / Math.max(1, rows)) * (16 / 9) } as CSSProperties;
  return (
    <div className={classes["stage"]}>
      <div ref={grid} className={classes["grid"]} style={style} role="group" aria-label={t("players")}>
        {channels.map(({ channel, name }) => (
          <PlayerTile key={channel} session={session} channel={channel} name={name} gapReason={gapOf(channel)} />
        ))}
      </div>
    </div>
  );
}
