import { Alert, Button, Group, Text } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { useTimeline, type Timeline } from "../api/timeline.ts";
import { boundsOf, type Day } from "../model/days.ts";

interface DayNoteProps {
  readonly day: Day;
  readonly channels: readonly number[];
  readonly timeline: Timeline | undefined;
  readonly onGo: (wall: number) => void;
}

const longAgoMs = 300 * 86_400_000;

/** Says so when nothing was recorded on a day, and where the nearest footage is. */
export function DayNote({ day, channels, timeline, onGo }: DayNoteProps): ReactElement | null {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const { timeZone } = format;
  const { from, to } = boundsOf(day, timeZone);
  const isEmpty = timeline !== undefined && !timeline.spans.some((span) => span.to > from && span.from < to);
  const near = { from: from - longAgoMs, to: to + 86_400_000 * 60 };
  const { data: around } = useTimeline(isEmpty ? channels : [], near, 3_600_000);
  if (!isEmpty || channels.length === 0) return null;
  const spans = around?.spans ?? [];
  const before = spans.reduce<number | undefined>(
    (last, span) => (span.to <= from ? Math.max(last ?? 0, span.to) : last),
    undefined,
  );
  const after = spans.reduce<number | undefined>(
    (first, span) => (span.from >= to ? Math.min(first ?? Infinity, span.from) : first),
    undefined,
  );
  return (
    <Alert color="gray" icon={<IconCalendarOff aria-hidden />} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t("empty.day", { day: format.day(from + 43_200_000) })}
          {before === undefined && after === undefined && ` ${t("empty.never")}`}
        </Text>
        <Group gap="xs">
          {before !== undefined && (
            <Button size="compact-sm" variant="default" onClick={() => onGo(before - 10_000)}>
              {t("empty.before", { time: format.dateTime(before) })}
            </Button>
          )}
          {after !== undefined && (
            <Button size="compact-sm" variant="default" onClick={() => onGo(after)}>
              {t("empty.after", { time: format.dateTime(after) })}
            </Button>
          )}
        </Group>
      </Group>
    </Alert>
  );
}
