import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { troubleKind } from "../../../../src/domain/trouble-kind.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { openDialog } from "../../../shared/ui/dialog-form.tsx";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { confirmTyped } from "../../../shared/ui/confirm-typed.tsx";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { useRemoveVolume, type StoredVolume } from "../api/storage.ts";
import { ArchiveFacts } from "./archive-facts.tsx";
import { EditLimits } from "./edit-limits.tsx";
import { FillBar } from "./fill-bar.tsx";
import { MediumFacts } from "./medium-facts.tsx";
import { VolumeFacts } from "./volume-facts.tsx";
import { VolumeSpeed } from "./volume-speed.tsx";

/** One volume: whether it takes footage, what is on it, how long it lasts, what goes next. */
export function VolumeCard({ volume, only }: { readonly volume: StoredVolume; readonly only: boolean }): ReactElement {
  const { t } = useTranslation("storage");
  const format = useFormat();
  // the stream is seconds fresh, the counted answer half a minute old
  const live = useLive((state) => state.volumes)?.find((one) => one.volumeId === volume.id) ?? volume.live;
  const bucket = volume.archive?.bucket;
  const edit = () =>
    openDialog(t("limits.title", { path: volume.path }), (close) => <EditLimits volume={volume} onClose={close} />);
  return (
    <Card withBorder p="md" component="section" aria-label={volume.path}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Title order={2} style={{ overflowWrap: "anywhere" }}>
              {volume.path}
            </Title>
            <StateDot
              color={live === undefined ? "gray" : live.state === "ready" ? "green" : "red"}
              label={
                live?.state === "ready" && volume.archive !== undefined
                  ? t(bucket === undefined ? "archive.ready" : "bucket.ready")
                  : t(`states.${live?.state ?? "unknown"}`)
              }
            />
          </div>
          <Group gap="xs">
            <Button variant="default" size="compact-md" onClick={edit}>
              {t(bucket === undefined ? "limits.edit" : "bucket.edit")}
            </Button>
            <RemoveButton volume={volume} only={only && volume.archive === undefined} />
          </Group>
        </Group>
        {live !== undefined && live.state !== "ready" && (
          <VolumeTrouble id={volume.id} reason={live.reason} far={bucket !== undefined} />
        )}
        {bucket === undefined && <FillBar volume={live === undefined ? volume : { ...volume, live }} />}
        <ArchiveFacts archive={volume.archive} waiting={live?.waiting} />
        <VolumeFacts volume={volume} />
        {bucket === undefined && <VolumeSpeed volume={volume} ready={live?.state === "ready"} />}
        {volume.medium !== undefined && <MediumFacts medium={volume.medium} />}
        <Text size="sm" c="dimmed">
          {[
            t("facts.keep", { count: volume.keepDays }),
            bucket !== undefined && volume.maxBytes === undefined
              ? t("facts.holds", { used: format.bytes(volume.storedBytes) })
              : volume.limitBytes === undefined
                ? undefined
                : t("facts.limit", { used: format.bytes(volume.storedBytes), bytes: format.bytes(volume.limitBytes) }),
            live === undefined || live.lockedBytes === 0
              ? undefined
              : t("facts.locked", { bytes: format.bytes(live.lockedBytes) }),
            live === undefined || bucket !== undefined
              ? undefined
              : t("facts.sync", { p50: format.number(live.syncP50Ms, 1), p99: format.number(live.syncP99Ms, 1) }),
            live?.bytesPerSecond === undefined || bucket !== undefined
              ? undefined
              : t("facts.takes", { rate: format.bitRate(live.bytesPerSecond * 8) }),
          ]
            .filter((one) => one !== undefined)
            .join(" · ")}
        </Text>
      </Stack>
    </Card>
  );
}

/** Why it takes nothing, and what to do. */
function VolumeTrouble(props: { readonly id: string; readonly reason: string; readonly far: boolean }): ReactElement {
  const { id, reason, far } = props;
  const { t } = useTranslation(["shell", "storage"]);
  const volumes = useLive((state) => state.volumes) ?? [];
  const kind = troubleKind(`volume:${id}`, { channels: [], volumes });
  return (
    <Alert color="red" title={said(reason)}>
      {far ? t("storage:bucket.advice") : t(`advice.${kind}`)}
    </Alert>
  );
}

function RemoveButton({ volume, only }: { readonly volume: StoredVolume; readonly only: boolean }): ReactElement {
  const { t } = useTranslation(["storage", "common"]);
  const format = useFormat();
  const remove = useRemoveVolume();
  const ask = () =>
    confirmTyped({
      title: t("remove.title", { path: volume.path }),
      says: t("remove.says", { bytes: format.bytes(volume.storedBytes) }),
      word: volume.path,
      confirm: t("common:remove"),
      onConfirm: () =>
        remove.mutate(volume.id, {
          onSuccess: () => tellDone(t("remove.done", { path: volume.path })),
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Button
      variant="default"
      size="compact-md"
      onClick={ask}
      loading={remove.isPending}
      disabled={only}
      title={only ? t("remove.only") : undefined}
    >
      {t("common:remove")}
    </Button>
  );
}
