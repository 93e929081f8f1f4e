import { Loader, Text } from "@mantine/core";
import { lazy, type ReactElement, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { codecOf } from "../model/codec.ts";
import type { PlayerState } from "../player/media-player.ts";
import type { Session } from "../player/session.ts";
import { useSessionState } from "../player/use-session.ts";
import classes from "./player.module.css";

/** Only those who ask for it load it. */
const TileBoxes = lazy(() => import("./tile-boxes.tsx"));

interface PlayerTileProps {
  readonly session: Session;
  readonly channel: number;
  readonly name: string;
  /** Why there is nothing at the position, when the timeline knows. */
  readonly gapReason: string | undefined;
  readonly stream: "main" | "sub";
  /** Who was there is drawn over it. */
  readonly boxes: boolean;
  /** It is shown alone, although there are others; undefined: there are none. */
  readonly isAlone: boolean | undefined;
  /** Shows it alone, or all again. */
  readonly onAlone: () => void;
}

const waiting: PlayerState = { kind: "waiting" };

/** One channel's picture. Where there is none, a sentence stands in its place: a frozen picture would look live. */
export function PlayerTile(props: PlayerTileProps): ReactElement {
  const { session, channel, name, gapReason, stream, isAlone, onAlone } = props;
  const { t } = useTranslation("playback");
  const kind = useSessionState(session, (state) => (state.players.get(channel) ?? waiting).kind);
  const text = useSessionState(session, (state) => {
    const player = state.players.get(channel) ?? waiting;
    return player.kind === "failed" ? player.text : player.kind === "unsupported" ? player.mime : "";
  });
  const isBehind = useSessionState(session, ({ behind }) => behind.split(",").includes(String(channel)));
  const [video, setVideo] = useState<HTMLVideoElement>();
  const attach = useCallback(
    (element: HTMLVideoElement | null) => {
      if (element === null) return undefined;
      session.attach(channel, element, stream);
      setVideo(element);
      return () => {
        session.attach(channel, undefined);
        setVideo(undefined);
      };
    },
    [session, channel, stream],
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
      {props.boxes && video !== undefined && sentence === undefined && (
        <Suspense>
          <TileBoxes {...{ session, channel, video }} />
        </Suspense>
      )}
      {isAlone === undefined ? (
        <div className={classes["label"]}>{name}</div>
      ) : (
        <button
          type="button"
          className={classes["label"]}
          aria-pressed={isAlone}
          aria-label={t("tile.alone", { name })}
          title={t(isAlone ? "tile.showAll" : "tile.alone", { name })}
          onClick={onAlone}
        >
          {name}
        </button>
      )}
      {isBehind && sentence === undefined && <div className={classes["behind"]}>{t("tile.behind")}</div>}
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
