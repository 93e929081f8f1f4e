import { Skeleton, UnstyledButton } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../../../shared/event-stream.ts";
import type { Channel } from "../../../shared/types.ts";
import { useCameraBrief } from "../../../shared/live-picture/camera-brief.ts";
import { usePageVisible } from "../../../shared/live-picture/page-visible.ts";
import { stopped, type PlayerStatus } from "../../../shared/live-picture/player-status.ts";
import { tileWords } from "../../../shared/live-picture/tile-words.ts";
import { LiveVideo } from "../../../shared/live-picture/live-video.tsx";
import classes from "./live.module.css";
import { TileNote } from "./tile-note.tsx";

interface AlarmCameraProps {
  readonly channel: Channel;
  readonly onEnlarge: () => void;
}

/** A camera that is linked to an alarm; a press enlarges it. */
export function AlarmCamera({ channel, onEnlarge }: AlarmCameraProps): ReactElement {
  const { t } = useTranslation("live");
  const camera = useCameraBrief(channel.channel);
  const [player, setPlayer] = useState<PlayerStatus>(stopped);
  const online = useLink() !== "offline";
  const visible = usePageVisible() && channel.enabled;
  const words = tileWords({ enabled: channel.enabled, camera, player, online });
  const { name } = channel;
  return (
    <div className={classes["tile"]}>
      <LiveVideo
        channel={channel.channel}
        stream={channel.subUrl === undefined ? "main" : "sub"}
        visible={visible}
        received={camera?.state === "live"}
        label={t("picture", { name })}
        onStatus={setPlayer}
      />
      {words.kind === "loading" && <Skeleton className={classes["cover"] ?? ""} radius={0} />}
      {words.kind === "says" && <TileNote channel={channel} words={words} />}
      <UnstyledButton className={classes["alarmName"] ?? ""} onClick={onEnlarge} aria-label={t("enlargeOne", { name })}>
        {name}
      </UnstyledButton>
    </div>
  );
}
