import { Button, SimpleGrid } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDeviceCctv, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { useRecordingNow } from "../../../shared/recording/recording-data.ts";
import { useChannels } from "../../../shared/site-data.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { usePictures } from "../api/cameras.ts";
import { cameraView, preRecordView } from "../model/camera-view.ts";
import { CameraCard } from "./camera-card.tsx";
import { CameraTable, type CameraRow } from "./camera-table.tsx";

/** All cameras with their last picture and what they do now. */
export function CameraList(): ReactElement {
  const { t } = useTranslation("cameras");
  const cameras = useChannels();
  const states = useLive((state) => state.channels);
  const pictures = usePictures();
  const recording = useRecordingNow().data?.channels;
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const rows: readonly CameraRow[] = (cameras.data ?? []).map((camera) => {
    const live = states?.find(({ channel }) => channel === camera.channel);
    const picture = pictures.data?.find(({ channel }) => channel === camera.channel);
    const now = recording?.find(({ channel }) => channel === camera.channel)?.now;
    return { camera, view: cameraView(camera, live), preRecord: preRecordView(camera, live, now), picture };
  });
  const add = (
    <Button component={Link} to="/cameras/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t("add")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        {rows.length > 0 && add}
      </PageHeader>
      {cameras.isPending && <LoadingRows rows={4} height={84} />}
      {cameras.isError && <ErrorNote error={cameras.error} onRetry={() => void cameras.refetch()} />}
      {cameras.data?.length === 0 && (
        <EmptyState icon={IconDeviceCctv} title={t("empty.title")} says={t("empty.says")}>
          {add}
        </EmptyState>
      )}
      {rows.length > 0 && wide && <CameraTable rows={rows} />}
      {rows.length > 0 && !wide && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {rows.map((row) => (
            <li key={row.camera.channel}>
              <CameraCard row={row} />
            </li>
          ))}
        </SimpleGrid>
      )}
    </>
  );
}
