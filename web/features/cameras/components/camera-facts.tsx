import { SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelState } from "../../../../src/messages/recorder.ts";
import { useNowText } from "../../../shared/recording/now-text.tsx";
import { useRecordingNow } from "../../../shared/recording/recording-data.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { preRecordView, type CameraView } from "../model/camera-view.ts";
import { useCameraWords } from "./use-camera-words.ts";

interface CameraFactsProps {
  readonly camera: Channel;
  readonly view: CameraView;
  readonly live: ChannelState | undefined;
}

/** What it sends now, and what an alarm would have from before it. */
export function CameraFacts({ camera, view, live }: CameraFactsProps): ReactElement {
  const { t } = useTranslation("cameras");
  const format = useFormat();
  const words = useCameraWords();
  const recording = useRecordingNow().data;
  const text = useNowText();
  const recorded = recording?.channels.find(({ channel }) => channel === camera.channel);
  const gopMs = view.state === "live" ? live?.gopMs : undefined;
  const facts: readonly (readonly [string, string])[] = [
    [t("column.sends"), words.sends(view)],
    [t("column.bitRate"), words.bitRate(view)],
    [t("fact.gop"), gopMs === undefined ? "" : format.duration(gopMs)],
    [t("column.preRecord"), words.preRecord(preRecordView(camera, live, recorded?.now))],
    [
      t("column.sound"),
      live?.audio === undefined ? words.sound(camera) : `${words.sound(camera)} (${live.audio.toUpperCase()})`,
    ],
    [
      t("column.recording"),
      recorded === undefined || recording === undefined ? words.recording(camera) : text(recorded, recording.arming),
    ],
  ];
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
      {facts.map(([label, value]) => (
        <Stack key={label} gap={2}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="sm" fw={500}>
            {value === "" ? "–" : value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  );
}
