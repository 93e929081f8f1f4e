import { Text } from "@mantine/core";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { localClock } from "../../../../src/kernel/local-time.ts";
import { scheduleSettings } from "../../../shared/schedule.ts";
import { useFormat, useSchedules } from "../../../shared/site-data.ts";
import { useHolidays } from "../../../shared/ui/schedule-now.tsx";
import { useNow } from "../../../shared/use-now.ts";
import { nextArming, type AutoArmDraft } from "../model/calendar.ts";

/** "Arms next on Mon 18:00", as the draft has it. */
export function NextArming({ settings }: { readonly settings: AutoArmDraft }): ReactElement | null {
  const { t } = useTranslation("schedules");
  const format = useFormat();
  const holidays = useHolidays();
  const now = useNow(30_000);
  const clock = useMemo(() => localClock(format.timeZone), [format.timeZone]);
  const row = useSchedules().data?.find((one) => one.schedule === settings.schedule);
  if (row === undefined) return null;
  const at = nextArming(settings, { schedule: scheduleSettings(row), holidays, clock, now });
  return (
    <Text size="sm" fw={500}>
      {at === undefined ? t("autoArm.never") : t("autoArm.next", { when: format.soon(at, now) })}
    </Text>
  );
}
