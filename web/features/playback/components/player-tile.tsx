import { Loader, Text } from "@mantine/core";
import { type ReactElement, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { codecOf } from "../model/codec.ts";
import type { PlayerState } from "../player/media-player.ts";
import type { Session } from "../player/session.ts";
import { useSessionState } from "../player/use-session.ts";
import classes from "./player.module.css";

interface PlayerTileProps {
  readonly session: Session;
  readonly channel: number;
  readonly name: string;
  /** Why there is nothing at the position, when the timeline knows. */
  readonly gapReason: string | undefined;
}

const waiting: PlayerState = { kind: "waiting" };

/** One channel's picture. Where there is none, a sentence stands in its place: a frozen picture would look live. */
export function PlayerTile({ session, channel, name, gapReason }: PlayerTileProps): ReactElement {
  const { t } = useTranslation("playback");
  const kind = useSessionState(session, (state) => (state.players.get(channel) ?? waiting).kind);
  const text = useSessionState(session, (state) => {
    const player = state.players.get(channel) ?? waiting;
    return player.kind === "failed" ? player.text : player.kind === "unsupported" ? player.mime : "";
  });
  const attach = useCallback(
    (element: HTMLVideoElement | null) => {
      if (element === null) return undefined;
      session.attach(channel, element);
      return () => session.attach(channel, undefined);
    },
    [session, channel],
  );
  const says = () => {
    if (kind === "gap") return gapReason === undefined ? t("tile.nothing") : t("tile.gap", { reason: said(gapReason) });
    if (kind === "unsupported") return t("tile.unsupported", { codec: codecOf(text) });
    return kind === "failed" ? text : undefined;
  };
  const sentence = says();
  return (
    <div className={classes["tile"]} role="group" aria-label={name} data-channel={channel} data-state={kind}>
      <video
        ref={attach}
        muted
        playsInline
        disablePictureInPicture
        aria-label={t("tile.picture", { name })}
        data-hidden={sentence === undefined ? undefined : true}
      />
      <div className={classes["label"]}>{name}</div>
      {sentence !== undefined && (
        <Text className={classes["says"]} size="sm" component="div">
          {sentence}
        </Text>
      )}
      {kind === "waiting" && (
        <Loader className={classes["wait"]} size="sm" color="gray.3" role="img" aria-label={t("tile.waiting")} />
      )}
    </div>
  );
}
