import { Paper, Stack, Text } from "@mantine/core";
import { useCallback, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../../../shared/api-client.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { said } from "../../../shared/said.ts";
import type { Channel } from "../../../shared/types.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import classes from "./first-start.module.css";

const codecNames: Readonly<Record<string, string>> = { h264: "H.264", h265: "H.265" };
const codecName = (codec: string): string => codecNames[codec] ?? codec;

const colors = { connecting: "orange", live: "green", down: "red", refused: "red", off: "gray" } as const;

/** A camera as it is now: what it sends and a picture, or why there is none. */
export function CameraCard({ channel }: { readonly channel: Channel }): ReactElement {
  const { t } = useTranslation("first-start");
  const number = channel.channel;
  const state = useLive(useCallback(({ channels }) => channels.find((one) => one.channel === number), [number]));
  const kind = state?.state ?? "connecting";
  const { video } = state ?? {};
  const sends =
    video === undefined
      ? ""
      : [
          `${video.width} × ${video.height}`,
          codecName(video.codec),
          video.frameRate && `${Math.round(video.frameRate)}/s`,
        ]
          .filter(Boolean)
          .join(" · ");
  return (
    <Paper withBorder p="sm">
      <Stack gap={6}>
        {kind === "live" ? (
          <img
            className={classes["shot"]}
            // the first picture of a session; it is asked again when the session is another one
            src={apiUrl(`channels/${number}/snapshot.jpg`, { at: state?.since })}
            alt={t("cameras.picture", { name: channel.name })}
          />
        ) : (
          <div className={classes["shot"]} />
        )}
        <Text fw={500} truncate>
          {channel.name}
        </Text>
        <StateDot color={colors[kind]} label={t(`cameras.states.${kind}`)} />
        <Text size="sm" c="dimmed">
          {kind === "live" ? sends : said(state?.reason ?? "")}
        </Text>
      </Stack>
    </Paper>
  );
}
