import { Stack } from "@mantine/core";
import { IconPlayerRecord } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useRecordingNow } from "../../shared/recording/recording-data.ts";
import { useChannels } from "../../shared/site-data.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { CameraLines } from "./components/camera-lines.tsx";
import { Files } from "./components/files.tsx";
import { Memory } from "./components/memory.tsx";
import { Types } from "./components/types.tsx";
import { Week } from "./components/week.tsx";

/** Recording: what every camera keeps now and why, the memory before alarms, and what is recorded for what. */
export default function Page(): ReactElement {
  const { t } = useTranslation("recording");
  const now = useRecordingNow();
  const cameras = useChannels().data;
  const { data } = now;
  const lines = (data?.channels ?? []).flatMap((recorded) => {
    const camera = cameras?.find(({ channel }) => channel === recorded.channel);
    return camera === undefined ? [] : [{ camera, recorded }];
  });
  return (
    <>
      <PageHeader title={t("title")} says={t("says")} />
      {now.isPending && <LoadingRows rows={4} />}
      {now.isError && <ErrorNote error={now.error} onRetry={() => void now.refetch()} />}
      {data?.channels.length === 0 && (
        <EmptyState icon={IconPlayerRecord} title={t("empty.title")} says={t("empty.says")} />
      )}
      {data !== undefined && data.channels.length > 0 && (
        <Stack gap="md">
          <CameraLines lines={lines} arming={data.arming} />
          <Week cameras={lines.map(({ camera }) => camera)} />
          <Memory now={data} />
          <Files files={data.files} />
          <Types />
        </Stack>
      )}
    </>
  );
}
