import { NumberInput, SegmentedControl, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { VolumeLimits } from "../api/storage.ts";

interface LimitsFieldsProps {
  readonly value: VolumeLimits;
  readonly onChange: (value: VolumeLimits) => void;
  /** A bucket: nobody knows how much it takes. */
  readonly boundless?: boolean;
}

const gigabyte = 1e9;

/** Days to keep, and how much of the disk Reed may fill: a share of it, or a fixed size. */
export function LimitsFields({ value, onChange, boundless = false }: LimitsFieldsProps): ReactElement {
  const { t } = useTranslation("storage");
  const numberOr = (given: number | string, otherwise: number) => (typeof given === "number" ? given : otherwise);
  return (
    <Stack gap="sm">
      <NumberInput
        label={t("limits.keepDays")}
        description={t("limits.keepDaysSays")}
        min={1}
        max={3650}
        allowDecimal={false}
        value={value.keepDays}
        onChange={(keepDays) => onChange({ ...value, keepDays: numberOr(keepDays, value.keepDays) })}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="cap-kind">
          {t("limits.cap")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="cap-kind"
          value={value.maxBytes === null ? "share" : "bytes"}
          onChange={(kind) => onChange({ ...value, maxBytes: kind === "bytes" ? 100 * gigabyte : null })}
          data={[
            { value: "share", label: t(boundless ? "limits.none" : "limits.share") },
            { value: "bytes", label: t("limits.bytes") },
          ]}
        />
      </div>
      {value.maxBytes !== null ? (
        <NumberInput
          label={t("limits.maxBytes")}
          min={0.1}
          suffix=" GB"
          value={value.maxBytes / gigabyte}
          onChange={(given) => onChange({ ...value, maxBytes: Math.round(numberOr(given, 100) * gigabyte) })}
        />
      ) : boundless ? null : (
        <NumberInput
          label={t("limits.maxShare")}
          min={1}
          max={100}
          suffix=" %"
          value={Math.round(value.maxShare * 100)}
          onChange={(given) => onChange({ ...value, maxShare: numberOr(given, value.maxShare * 100) / 100 })}
        />
      )}
      {!boundless && (
        <Text size="sm" c="dimmed">
          {t("limits.reserve")}
        </Text>
      )}
    </Stack>
  );
}
