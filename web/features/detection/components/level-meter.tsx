import { Box, Slider, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { detectionRanges } from "../../../../src/domain/detection/settings.ts";
import { Caption } from "./caption.tsx";
import classes from "./detection.module.css";

interface LevelMeterProps {
  readonly label: string;
  readonly says: string;
  /** What the pictures show now, 0–100; undefined while nothing is looked at. */
  readonly percent: number | undefined;
  readonly moves: boolean;
  readonly threshold: number;
  readonly onThreshold: (threshold: number) => void;
}

const [least, most] = detectionRanges.threshold;

/** A threshold with what it is a threshold of: the bar above the slider moves with the picture. */
export function LevelMeter({ label, says, percent, moves, threshold, onThreshold }: LevelMeterProps): ReactElement {
  const { t } = useTranslation("detection");
  const rounded = Math.round(percent ?? 0);
  const now = percent === undefined ? t("meter.none") : t(moves ? "meter.over" : "meter.under", { percent: rounded });
  return (
    <div>
      <Caption label={label} says={says} />
      <Box px={8}>
        <div
          className={classes["meter"]}
          role="meter"
          aria-label={t("meter.label")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={rounded}
          aria-valuetext={now}
          data-moves={moves || undefined}
          data-percent={percent === undefined ? undefined : rounded}
        >
          <div className={classes["level"]} style={{ width: `${percent ?? 0}%` }} />
          <div className={classes["mark"]} style={{ left: `${threshold}%` }} />
        </div>
        <Slider
          mt={6}
          min={least}
          max={most}
          value={threshold}
          onChange={onThreshold}
          thumbLabel={label}
          label={(value) => String(value)}
        />
      </Box>
      <Text size="sm" mt={6}>
        {t("meter.threshold", { threshold })} · {now}
      </Text>
    </div>
  );
}
