import { Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { CameraState } from "./camera-state.tsx";
import type { CameraRow } from "./camera-table.tsx";
import classes from "./cameras.module.css";
import { LastPictureBox } from "./last-picture.tsx";
import { useCameraWords } from "./use-camera-words.ts";

/** One camera on a small screen. */
export function CameraCard({ row }: { readonly row: CameraRow }): ReactElement {
  const { t } = useTranslation("cameras");
  const words = useCameraWords();
  const { camera, view, preRecord, picture } = row;
  const sends = [words.sends(view), words.bitRate(view)].filter((text) => text !== "").join(" · ");
  return (
    <Paper
      withBorder
      p="sm"
      h="100%"
      renderRoot={(props) => <Link {...props} to="/cameras/{-$channel}" params={{ channel: String(camera.channel) }} />}
      className={classes["card"]}
    >
      <Stack gap="xs">
        <LastPictureBox name={camera.name} channel={camera.channel} picture={picture} />
        <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
          <Text fw={600} lineClamp={2}>
            {camera.name}
          </Text>
          <CameraState view={view} withReason={false} />
        </Group>
        {view.reason !== "" && <Text size="sm">{said(view.reason)}</Text>}
        {sends !== "" && <Text size="sm">{sends}</Text>}
        <Text size="sm" c="dimmed">
          {words.recording(camera)} · {t("column.preRecord")}: {words.preRecord(preRecord)} · {t("column.sound")}:{" "}
          {words.sound(camera)}
        </Text>
      </Stack>
    </Paper>
  );
}
