import { Text } from "@mantine/core";
import { useThrottledValue } from "@mantine/hooks";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { useThumb } from "../api/key-frames.ts";
import { thumbLeft, thumbMoment, thumbWidth, type View } from "../model/view.ts";
import classes from "./player.module.css";

interface TimelineThumbProps {
  readonly channel: number;
  readonly name: string;
  readonly wall: number;
  readonly view: View;
  /** Of the timeline, pixels. */
  readonly width: number;
}

/** A wish this often at most, ms: who moves over a day means where they stop. */
const wishEveryMs = 120;

/** What the moment under the pointer looked like; never a picture of another moment without its time. */
export function TimelineThumb({ channel, name, wall, view, width }: TimelineThumbProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const at = useThrottledValue(thumbMoment(view, width, wall), wishEveryMs);
  const thumb = useThumb(channel, at);
  const says = {
    loading: t("thumb.loading"),
    none: t("thumb.none"),
    failed: t("thumb.failed"),
    picture: "",
  }[thumb.kind];
  return (
    <div
      className={classes["thumb"]}
      style={{ left: thumbLeft(view, width, wall), width: thumbWidth }}
      data-thumb={thumb.kind}
      aria-hidden
    >
      <div className={classes["thumbPicture"]}>
        {thumb.kind === "picture" ? <img src={thumb.src} alt="" /> : <Text size="xs">{says}</Text>}
      </div>
      <div className={classes["thumbLine"]}>
        <span>{name}</span>
        <span>{thumb.kind === "picture" ? format.time(thumb.at) : format.time(wall)}</span>
      </div>
    </div>
  );
}
