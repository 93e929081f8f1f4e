import { Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { useRetryCamera } from "../api/camera-actions.ts";
import type { TileWords } from "../../../shared/live-picture/tile-words.ts";
import classes from "./live.module.css";

interface TileNoteProps {
  readonly channel: Channel;
  readonly words: Extract<TileWords, { kind: "says" }>;
}

/** Why there is no picture, since when, and what can be done. */
export function TileNote({ channel, words }: TileNoteProps): ReactElement {
  const { t } = useTranslation("live");
  const format = useFormat();
  const mayRetry = useMay("control");
  const mayConfigure = useMay("configure");
  const retry = useRetryCamera();
  const { since, most } = words.values;
  // the sentence goes on behind it
  const reason = said(words.values.reason ?? "").replace(/\.$/, "");
  const today = format.day(since ?? 0) === format.day(Date.now());
  const time = since === undefined ? "" : today ? format.time(since) : format.dateTime(since);
  return (
    <Stack className={classes["note"] ?? ""} gap={6} align="center" justify="center" role="status">
      <Text fw={600} size="sm" className={classes["noteTitle"] ?? ""}>
        {t(`says.${words.key}.title`, { time })}
      </Text>
      <Text size="xs" className={classes["noteText"] ?? ""}>
        {t(`says.${words.key}.text`, { reason, most })}
      </Text>
      {words.act === "retry" && mayRetry && (
        <Button
          size="compact-xs"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate(channel.channel)}
        >
          {t("tryNow")}
        </Button>
      )}
      {words.act !== undefined && mayConfigure && (
        <Link to="/cameras/{-$channel}" params={{ channel: String(channel.channel) }} className={classes["noteLink"]}>
          {t("openCamera")}
        </Link>
      )}
    </Stack>
  );
}
