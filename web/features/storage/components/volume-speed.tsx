import { Button, Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useMay } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import { useMeasure, type StoredVolume } from "../api/storage.ts";

interface VolumeSpeedProps {
  readonly volume: StoredVolume;
  /** It takes footage now: only then can it be measured. */
  readonly ready: boolean;
}

/** How fast the disk is, what that is enough for, and a button that measures it. */
export function VolumeSpeed({ volume, ready }: VolumeSpeedProps): ReactElement {
  const { t } = useTranslation("storage");
  const may = useMay("configure");
  const measure = useMeasure();
  const start = () => measure.mutate(volume.id, { onError: (error) => tellFailure(t("speed.failed"), error) });
  return (
    <Group gap="sm" justify="space-between" align="flex-start">
      <div style={{ flex: "1 1 16rem" }}>
        <Measured speed={volume.speed} />
      </div>
      {may && (
        <Button
          variant="default"
          size="compact-md"
          onClick={start}
          loading={measure.isPending}
          disabled={!ready}
          title={t("speed.does")}
        >
          {t(volume.speed === undefined ? "speed.measure" : "speed.again")}
        </Button>
      )}
    </Group>
  );
}

function Measured({ speed }: { readonly speed: StoredVolume["speed"] }): ReactElement {
  const { t } = useTranslation("storage");
  const format = useFormat();
  if (speed === undefined) return <Text size="sm">{t("speed.never")}</Text>;
  const slow = speed.cameras === 0 || speed.alarm === "later" || speed.cut;
  return (
    <>
      <Text size="sm">
        {t("speed.is", {
          rate: `${format.bytes(speed.writeBytesPerSecond)}/s`,
          p50: format.number(speed.syncP50Ms, 1),
          p99: format.number(speed.syncP99Ms, 1),
          at: format.dateTime(speed.at),
        })}
      </Text>
      <Text size="sm" c={slow ? "var(--mantine-color-orange-text)" : undefined}>
        {[
          t(`speed.enough.${speed.limit}`, {
            count: speed.cameras,
            rate: format.bitRate(speed.cameraBytesPerSecond * 8),
          }),
          t(`speed.alarm.${speed.alarm}`),
          speed.cut ? t("speed.cut") : undefined,
        ]
          .filter((one) => one !== undefined)
          .join(" ")}
      </Text>
    </>
  );
}
