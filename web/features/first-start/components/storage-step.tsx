import { Alert, Radio, Slider, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { defaults } from "../../../../src/domain/site-config.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Volume } from "../../../shared/types.ts";
import { saveVolume, useMark } from "../api/first-start.ts";
import { keepChoices, nearestChoice, roomFor } from "../model/keep.ts";
import type { StepProps } from "./site-step.tsx";
import { StepFrame } from "./step-frame.tsx";

/** How long footage is kept and how much of the disk it may take. */
export function StorageStep({ volume, onDone, onSkip }: StepProps & { volume: Volume }): ReactElement {
  const { t } = useTranslation("first-start");
  const queries = useQueryClient();
  const mark = useMark();
  const [keepDays, setKeepDays] = useState(nearestChoice(volume.keepDays));
  const [percent, setPercent] = useState(Math.round(volume.maxShare * 100));
  const save = useMutation({
    mutationFn: async () => {
      await saveVolume(volume.id, { keepDays, maxShare: percent / 100 });
      await mark.mutateAsync({ storage: "done" });
      await queries.invalidateQueries({ queryKey: ["volumes"] });
    },
    onSuccess: onDone,
  });
  const nameOf = (days: number) =>
    days === defaults.untilFullDays ? t("storage.untilFull") : t("storage.days", { days });
  return (
    <StepFrame
      title={t("storage.title")}
      says={t("storage.says")}
      next={t("next")}
      onNext={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      onSkip={onSkip}
    >
      <Radio.Group label={t("storage.howLong")} value={String(keepDays)} onChange={(days) => setKeepDays(Number(days))}>
        <Stack gap="xs" mt="xs">
          {keepChoices.map((days) => (
            <Radio
              key={days}
              value={String(days)}
              label={nameOf(days)}
              description={days === defaults.untilFullDays ? t("storage.untilFullSays") : undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Alert color="blue" title={t("storage.lawTitle")}>
        {t("storage.law")}
      </Alert>
      <Space volume={volume} percent={percent} onPercent={setPercent} />
    </StepFrame>
  );
}

interface SpaceProps {
  readonly volume: Volume;
  readonly percent: number;
  readonly onPercent: (percent: number) => void;
}

function Space({ volume, percent, onPercent }: SpaceProps): ReactElement {
  const { t } = useTranslation("first-start");
  const format = useFormat();
  const disk = volume.live;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {t("storage.howMuch")}
      </Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {t("storage.folder", { path: volume.path })}
      </Text>
      <Slider
        value={percent}
        onChange={onPercent}
        min={10}
        max={95}
        step={5}
        label={(value) => `${value} %`}
        thumbLabel={t("storage.howMuch")}
        disabled={volume.maxBytes !== undefined}
      />
      {disk === undefined ? (
        <Text size="sm">{t("storage.share", { percent })}</Text>
      ) : (
        <Text size="sm" role="status">
          {t("storage.room", {
            room: format.bytes(roomFor(percent / 100, disk, volume.maxBytes)),
            total: format.bytes(disk.totalBytes),
            free: format.bytes(disk.freeBytes),
          })}
        </Text>
      )}
      {volume.maxBytes !== undefined && (
        <Text size="sm" c="dimmed">
          {t("storage.capped", { cap: format.bytes(volume.maxBytes) })}
        </Text>
      )}
    </Stack>
  );
}
