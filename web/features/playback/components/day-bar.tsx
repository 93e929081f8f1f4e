import { ActionIcon, Group, Indicator } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import { IconCalendar, IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { useDays } from "../api/timeline.ts";
import { boundsOf, type Day, dayBeside, dayOf } from "../model/days.ts";
import type { Size } from "../model/wall.ts";
import { CameraChoice } from "./camera-choice.tsx";

interface DayBarProps {
  readonly day: Day;
  readonly onDay: (day: Day) => void;
  readonly all: readonly Channel[];
  readonly channels: readonly number[];
  readonly most: Size;
  readonly onChannels: (channels: number[]) => void;
}

/** Which day, with the days marked that have footage, and which cameras. */
export function DayBar({ day, onDay, all, channels, most, onChannels }: DayBarProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const { timeZone } = format;
  const [month, setMonth] = useState(day.slice(0, 8));
  const range = {
    from: boundsOf(dayBeside(`${month}01`, -7), timeZone).from,
    to: boundsOf(dayBeside(`${month}01`, 38), timeZone).to,
  };
  const { data: marked } = useDays(channels, range, timeZone);
  const shown = format.day(boundsOf(day, timeZone).from + 43_200_000);
  const today = dayOf(Date.now(), timeZone);
  return (
    <Group gap="xs" wrap="wrap">
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="default" size={36} aria-label={t("day.before")} onClick={() => onDay(dayBeside(day, -1))}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <DatePickerInput
          aria-label={`${t("day.choose")}, ${shown}`}
          leftSection={<IconCalendar size={16} aria-hidden />}
          value={day}
          valueFormatter={() => shown}
          maxDate={today}
          firstDayOfWeek={1}
          w={170}
          onChange={(value) => value !== null && onDay(value)}
          onDateChange={(value) => setMonth(value.slice(0, 8))}
          previousLabel={t("day.monthBefore")}
          nextLabel={t("day.monthAfter")}
          getDayAriaLabel={(date) => t(marked?.has(date) === true ? "day.with" : "day.without", { day: date })}
          renderDay={(date) => (
            <Indicator
              size={6}
              color="green"
              offset={-3}
              position="bottom-center"
              disabled={marked?.has(date) !== true}
            >
              <span>{Number(date.slice(8))}</span>
            </Indicator>
          )}
        />
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t("day.after")}
          disabled={day >= today}
          onClick={() => onDay(dayBeside(day, 1))}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
      <CameraChoice {...{ all, channels, most, onChannels }} />
    </Group>
  );
}
