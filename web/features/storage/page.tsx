import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../shared/site-data.ts";
import { openDialog } from "../../shared/ui/dialog-form.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useStorage } from "./api/storage.ts";
import { AddVolume } from "./components/add-volume.tsx";
import { ChannelBytes } from "./components/channel-bytes.tsx";
import { GroupsCard } from "./components/groups-card.tsx";
import { KeepCard } from "./components/keep-card.tsx";
import { VolumeCard } from "./components/volume-card.tsx";

/** Storage: where footage lies, how much of it, how long it lasts, what goes next. */
export default function Page(): ReactElement {
  const { t } = useTranslation("storage");
  const format = useFormat();
  const storage = useStorage();
  const add = () => openDialog(t("add.title"), (close) => <AddVolume onClose={close} />);
  const total = storage.data?.channels.reduce((sum, channel) => sum + channel.bytesPerDay, 0) ?? 0;
  // an archive takes no footage from cameras
  const recorded = storage.data?.volumes.filter((volume) => volume.archive === undefined).length ?? 0;
  const says = total === 0 ? t("says") : t("saysPerDay", { bytes: format.bytes(total) });
  return (
    <>
      <PageHeader title={t("title")} says={says}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t("add.title")}
        </Button>
      </PageHeader>
      {storage.error !== null && <ErrorNote error={storage.error} onRetry={() => void storage.refetch()} />}
      {storage.isPending && <LoadingRows rows={2} height={220} />}
      {storage.data !== undefined && (
        <Stack gap="md">
          {storage.data.volumes.map((volume) => (
            <VolumeCard key={volume.id} volume={volume} only={recorded === 1} />
          ))}
          {recorded > 1 && <GroupsCard volumes={storage.data.volumes} />}
          <KeepCard />
          {storage.data.channels.length > 0 && <ChannelBytes channels={storage.data.channels} />}
        </Stack>
      )}
    </>
  );
}
