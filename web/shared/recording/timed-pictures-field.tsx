import { NumberInput, Select, SimpleGrid, Stack, Switch } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { timedPictureRanges } from "../../../src/domain/timed-pictures.ts";
import { useSchedules } from "../site-data.ts";
import type { Channel } from "../types.ts";

type Timed = Channel["timedPictures"];

interface TimedPicturesFieldProps {
  readonly value: Timed | undefined;
  readonly onChange: (value: Timed | undefined) => void;
}

const usual = { everyS: 60, when: "always", keepDays: 14 } as const;

/** A picture every so often, when, and how long it is kept. */
export function TimedPicturesField({ value, onChange }: TimedPicturesFieldProps): ReactElement {
  const { t } = useTranslation("recording");
  const schedules = useSchedules().data ?? [];
  return (
    <Stack gap="xs">
      <Switch
        label={t("timed.field")}
        description={t("timed.fieldSays")}
        checked={value !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? usual : undefined)}
      />
      {value !== undefined && (
        <SimpleGrid cols={{ base: 1, sm: 3 }} maw={640}>
          <NumberInput
            label={t("timed.every")}
            suffix=" s"
            min={timedPictureRanges.everyS[0]}
            max={timedPictureRanges.everyS[1]}
            clampBehavior="strict"
            allowDecimal={false}
            value={value.everyS}
            onChange={(everyS) => typeof everyS === "number" && onChange({ ...value, everyS })}
          />
          <Select
            label={t("timed.when")}
            data={[
              { value: "always", label: t("fields.always") },
              ...schedules.map(({ schedule, name }) => ({
                value: String(schedule),
                label: t("fields.inside", { schedule: name }),
              })),
            ]}
            value={String(value.when)}
            allowDeselect={false}
            onChange={(when) => onChange({ ...value, when: when === "always" ? when : Number(when) })}
          />
          <NumberInput
            label={t("timed.keep")}
            min={timedPictureRanges.keepDays[0]}
            max={timedPictureRanges.keepDays[1]}
            clampBehavior="strict"
            allowDecimal={false}
            value={value.keepDays}
            onChange={(keepDays) => typeof keepDays === "number" && onChange({ ...value, keepDays })}
          />
        </SimpleGrid>
      )}
    </Stack>
  );
}
