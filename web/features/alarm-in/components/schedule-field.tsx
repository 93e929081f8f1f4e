import { Anchor, Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { useSchedules } from "../../../shared/site-data.ts";
import { ScheduleNow } from "../../../shared/ui/schedule-now.tsx";
import type { InputSettings } from "../model/settings.ts";

/** When the input acts: always, or inside a schedule; beside it whether that is active now. */
export function ScheduleField({ draft }: { readonly draft: Draft<InputSettings> }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const schedules = useSchedules().data ?? [];
  const { schedule } = draft.value;
  const chosen = schedules.find((one) => one.schedule === schedule);
  return (
    <div>
      <Select
        label={t("field.schedule")}
        description={t("help.schedule")}
        placeholder={t("always")}
        data={schedules.map((one) => ({ value: String(one.schedule), label: one.name }))}
        value={schedule === undefined ? null : String(schedule)}
        onChange={(value) => draft.set({ schedule: value === null ? undefined : Number(value) })}
        clearable
        mb={4}
      />
      {chosen === undefined ? (
        <Anchor component={Link} to="/schedules" size="sm">
          {t("toSchedules")}
        </Anchor>
      ) : (
        <ScheduleNow schedule={chosen} />
      )}
    </div>
  );
}
