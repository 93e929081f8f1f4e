import { Badge } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDetectionNow, useWord } from "../../../shared/detection/detection-data.ts";
import { useDetectionLook } from "../../../shared/detection/detection-live.ts";
import { ObjectBoxes } from "../../../shared/detection/object-boxes.tsx";
import { said } from "../../../shared/said.ts";
import classes from "./live.module.css";

interface TileObjectsProps {
  readonly channel: number;
  readonly visible: boolean;
  /** Width ÷ height of the picture. */
  readonly ratio: number;
}

/** What the detector sees of a camera, over its tile; where nothing is looked at, that is said. */
export default function TileObjects({ channel, visible, ratio }: TileObjectsProps): ReactElement {
  const { t } = useTranslation("live");
  const now = useDetectionNow(channel);
  const look = useDetectionLook(channel, visible && now !== undefined);
  const isOwn = useWord(channel) !== undefined;
  const reason = said(now?.reason ?? "");
  const why =
    now === undefined
      ? t(isOwn ? "boxes.own" : "boxes.off")
      : reason === ""
        ? t("boxes.none")
        : t("boxes.because", { reason });
  return (
    <>
      <ObjectBoxes look={look} ratio={ratio} />
      {look === undefined && (
        <Badge className={classes["notLooked"] ?? ""} size="sm" variant="filled" color="dark" tt="none" data-not-looked>
          {why}
        </Badge>
      )}
    </>
  );
}
