import { useQuery } from "@tanstack/react-query";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { localClock } from "../../../src/kernel/local-time.ts";
import { scheduleNow } from "../../../src/domain/weekly-schedule.ts";
import { api } from "../api-client.ts";
import { useLive } from "../event-stream.ts";
import { scheduleSettings } from "../schedule.ts";
import { useFormat } from "../site-data.ts";
import type { Holidays, Schedule } from "../types.ts";
import { useNow } from "../use-now.ts";
import { StateDot } from "./state-dot.tsx";

/** The site's holidays; none until they are read. */
export function useHolidays(): Holidays["holidays"] {
  const { data } = useQuery({
    queryKey: ["site", "holidays"],
    queryFn: ({ signal }) => api.get<Holidays>("holidays", undefined, signal),
  });
  return data?.holidays ?? none;
}
const none: Holidays["holidays"] = [];

/** "Active now, until 22:00", by the site's zone; without a clock that can be believed, that it waits. */
export function ScheduleNow({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation("common");
  const format = useFormat();
  const holidays = useHolidays();
  const now = useNow(10_000);
  const unset = useLive((state) => state.troubles.some(({ key }) => key === "clock"));
  const clock = useMemo(() => localClock(format.timeZone), [format.timeZone]);
  if (unset === true) return <StateDot color="orange" label={t("schedule.clockNotSet")} />;
  const { active, until } = scheduleNow(scheduleSettings(schedule), holidays, clock, now);
  const when = until === undefined ? undefined : format.soon(until, now);
  const key = active ? "active" : "inactive";
  return (
    <StateDot
      color={active ? "green" : "gray"}
      label={when === undefined ? t(`schedule.${key}`) : t(`schedule.${key}Until`, { when })}
    />
  );
}
