import { Text } from "@mantine/core";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { openSpan } from "../api/span-player.ts";
import classes from "./players.module.css";
import type { Step } from "./use-step.ts";

interface PlayerTileProps {
  readonly channel: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly join: Step["join"];
}

type Trouble = "codec" | "nothing" | "network";

/** One camera's footage of the alarm; it keeps step with the others. */
export function PlayerTile({ channel, name, from, to, join }: PlayerTileProps): ReactElement {
  const { t } = useTranslation("alarms");
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble>();
  const [away, setAway] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    const player = { video: element, line: [], away: setAway };
    const leave = join(player);
    const span = openSpan(
      element,
      { channel, from, to },
      { line: (line) => Object.assign(player, { line }), failed: setTrouble },
    );
    return () => {
      leave();
      span[Symbol.dispose]();
    };
  }, [channel, from, to, join]);
  const says = trouble === undefined ? (away ? t("players.away") : undefined) : t(`players.${trouble}`);
  return (
    <figure className={classes["tile"]}>
      <video ref={video} muted playsInline preload="auto" aria-label={t("players.video", { name })} />
      {says !== undefined && (
        <Text className={classes["says"]} size="sm" role="status">
          {says}
        </Text>
      )}
      <figcaption>{name}</figcaption>
    </figure>
  );
}
