import { Box, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import type { Channel, LastPicture } from "../../../shared/types.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import type { CameraView, PreRecordView } from "../model/camera-view.ts";
import { CameraState } from "./camera-state.tsx";
import { LastPictureBox } from "./last-picture.tsx";
import { useCameraWords } from "./use-camera-words.ts";

export interface CameraRow {
  readonly camera: Channel;
  readonly view: CameraView;
  readonly preRecord: PreRecordView;
  readonly picture: LastPicture | undefined;
}

/** The list on a wide screen. */
export function CameraTable({ rows }: { readonly rows: readonly CameraRow[] }): ReactElement {
  const { t } = useTranslation("cameras");
  const words = useCameraWords();
  const go = useNavigate();
  const columns: readonly TableColumn<CameraRow>[] = [
    {
      key: "name",
      title: t("column.name"),
      value: ({ camera }) => camera.name,
      draw: ({ camera }) => (
        <Text span size="sm" fw={500}>
          {camera.name}{" "}
          <Text span size="xs" c="dimmed">
            {t("number", { number: camera.channel })}
          </Text>
        </Text>
      ),
    },
    {
      key: "picture",
      title: t("column.picture"),
      value: ({ picture }) => picture?.at ?? 0,
      draw: ({ camera, picture }) => (
        <Box w={128}>
          <LastPictureBox name={camera.name} channel={camera.channel} picture={picture} />
        </Box>
      ),
    },
    {
      key: "state",
      title: t("column.state"),
      value: ({ view }) => `${t(`state.${view.state}`)} ${said(view.reason)}`.trim(),
      draw: ({ view }) => <CameraState view={view} />,
    },
    { key: "sends", title: t("column.sends"), value: ({ view }) => words.sends(view) },
    {
      key: "bitRate",
      title: t("column.bitRate"),
      value: ({ view }) => view.bitsPerSecond ?? 0,
      draw: ({ view }) => words.bitRate(view),
    },
    { key: "recording", title: t("column.recording"), value: ({ camera }) => words.recording(camera) },
    { key: "preRecord", title: t("column.preRecord"), value: ({ preRecord }) => words.preRecord(preRecord) },
    { key: "sound", title: t("column.sound"), value: ({ camera }) => words.sound(camera) },
  ];
  return (
    <DataTable
      label={t("title")}
      rows={rows}
      columns={columns}
      keyOf={({ camera }) => camera.channel}
      nameOf={({ camera }) => camera.name}
      onOpen={({ camera }) => void go({ to: "/cameras/{-$channel}", params: { channel: String(camera.channel) } })}
    />
  );
}
