import { Slider, Stack, Text, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { RegionMotion } from "../../../../src/domain/detection/motion-regions.ts";
import { detectionDefaults, detectionRanges, type MotionRegion } from "../../../../src/domain/detection/settings.ts";
import { RangeField } from "../../../shared/ui/range-field.tsx";
import { LevelMeter } from "./level-meter.tsx";

interface RegionFieldsProps {
  readonly region: MotionRegion;
  /** Of what the pictures show now, by the settings as they are drawn. */
  readonly motion: RegionMotion | undefined;
  readonly onName: (name: string) => void;
  readonly onChange: (part: Partial<MotionRegion>) => void;
}

const [least, most] = detectionRanges.sensitivity;

/** One region of motion: its name, what counts as motion, and how much of it. */
export function RegionFields({ region, motion, onName, onChange }: RegionFieldsProps): ReactElement {
  const { t } = useTranslation("detection");
  return (
    <Stack gap="md">
      <TextInput
        label={t("region.name")}
        value={region.name}
        maxLength={60}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <div>
        <Text size="sm" fw={500}>
          {t("region.sensitivity")}
        </Text>
        <Text size="xs" c="dimmed" mb={6}>
          {t("region.sensitivitySays")}
        </Text>
        <Slider
          mx={8}
          min={least}
          max={most}
          value={region.sensitivity}
          onChange={(sensitivity) => onChange({ sensitivity })}
          thumbLabel={t("region.sensitivity")}
        />
        <Text size="sm" mt={6}>
          {region.sensitivity}
        </Text>
      </div>
      <LevelMeter
        label={t("region.threshold")}
        says={t("region.thresholdSays")}
        percent={motion?.percent}
        moves={motion?.moves === true}
        threshold={region.threshold}
        onThreshold={(threshold) => onChange({ threshold })}
      />
      <RangeField
        label={t("region.leastCells")}
        description={t("region.leastCellsSays")}
        range={detectionRanges.leastCells}
        value={region.leastCells ?? detectionDefaults.leastCells}
        onChange={(leastCells) => onChange({ leastCells })}
      />
    </Stack>
  );
}
