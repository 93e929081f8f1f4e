import { Loader, Text } from "@mantine/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../event-stream.ts";
import { said } from "../said.ts";
import { useFormat } from "../site-data.ts";
import type { Channel } from "../types.ts";
import { useCameraBrief } from "./camera-brief.ts";
import classes from "./live-picture.module.css";
import { LiveVideo } from "./live-video.tsx";
import { usePageVisible } from "./page-visible.ts";
import { stopped, type PlayerStatus } from "./player-status.ts";
import { PicturesUnder } from "./pictures-under.ts";
import type { ShownPictures } from "./shown-pictures.ts";
import { tileWords } from "./tile-words.ts";

interface LivePictureProps {
  readonly channel: Channel;
  /** What lies over the picture, over all of it: its width and height are those of the picture. */
  readonly children?: ReactNode;
}

/** One camera's live picture on a page of settings; without a picture it says why. */
export function LivePicture({ channel, children }: LivePictureProps): ReactElement {
  const { t } = useTranslation("live");
  const format = useFormat();
  const camera = useCameraBrief(channel.channel);
  const online = useLink() !== "offline";
  const isVisible = usePageVisible();
  const [player, setPlayer] = useState<PlayerStatus>(stopped);
  const [ratio, setRatio] = useState(16 / 9);
  const [pictures, setPictures] = useState<ShownPictures>();
  const words = tileWords({ enabled: channel.enabled, camera, player, online });
  return (
    <div className={classes["frame"]} style={{ aspectRatio: ratio }} data-picture={player.kind}>
      <LiveVideo
        channel={channel.channel}
        stream={channel.subUrl === undefined ? "main" : "sub"}
        visible={isVisible && channel.enabled}
        received={camera?.state === "live"}
        label={t("picture", { name: channel.name })}
        onStatus={setPlayer}
        onRatio={setRatio}
        onPictures={setPictures}
      />
      {words.kind === "loading" && (
        <div className={classes["note"]}>
          <Loader size="sm" color="gray.3" role="img" aria-label={t("says.connecting.title")} mx="auto" />
        </div>
      )}
      {words.kind === "says" && (
        <div className={classes["note"]} role="status">
          <Text fw={600} size="sm">
            {t(`says.${words.key}.title`, { time: format.dateTime(words.values.since ?? 0) })}
          </Text>
          <Text size="xs">
            {t(`says.${words.key}.text`, {
              reason: said(words.values.reason ?? "").replace(/\.$/, ""),
              most: words.values.most,
            })}
          </Text>
        </div>
      )}
      <div className={classes["over"]}>
        <PicturesUnder value={pictures}>{children}</PicturesUnder>
      </div>
    </div>
  );
}
