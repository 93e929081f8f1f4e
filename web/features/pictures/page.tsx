import { Button, Group, Select, Stack } from "@mantine/core";
import { IconDownload, IconPhoto } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../shared/site-data.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useDayPictures, usePictureDays, zipAddress } from "./api/pictures.ts";
import { Gallery } from "./components/gallery.tsx";

/** Pictures that were taken by the clock: of one camera and day. */
export default function Page(): ReactElement {
  const { t } = useTranslation("pictures");
  const cameras = useChannels().data ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const [wanted, want] = useState<string | null>(null);
  const camera =
    cameras.find(({ channel }) => String(channel) === chosen) ??
    cameras.find(({ timedPictures }) => timedPictures !== undefined) ??
    cameras[0];
  const days = usePictureDays(camera?.channel);
  const list = days.data?.filter(({ count }) => count > 0) ?? [];
  const day = list.find((one) => one.day === wanted) ?? list[0];
  const pictures = useDayPictures(camera?.channel, day?.day);
  const failed = days.error ?? pictures.error;
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        {camera !== undefined && day !== undefined && (
          <Button
            component="a"
            href={zipAddress(camera.channel, day.day)}
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("all", { count: day.count })}
          </Button>
        )}
      </PageHeader>
      <Stack gap="md">
        <Group>
          <Select
            label={t("camera")}
            data={cameras.map(({ channel, name }) => ({ value: String(channel), label: name }))}
            value={camera === undefined ? null : String(camera.channel)}
            onChange={choose}
            allowDeselect={false}
          />
          {day !== undefined && (
            <Select
              label={t("day")}
              data={list.map((one) => ({ value: one.day, label: one.day }))}
              value={day.day}
              onChange={want}
              allowDeselect={false}
            />
          )}
        </Group>
        {failed !== null && <ErrorNote error={failed} onRetry={() => void days.refetch()} />}
        {days.isLoading && <LoadingRows rows={3} />}
        {days.data !== undefined && day === undefined && (
          <EmptyState icon={IconPhoto} title={t("none")} says={t("noneSays")} />
        )}
        {camera !== undefined && day !== undefined && pictures.data !== undefined && (
          <Gallery channel={camera.channel} name={camera.name} day={day.day} pictures={pictures.data} />
        )}
      </Stack>
    </>
  );
}
