import { ActionIcon, Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Holidays } from "../../../shared/types.ts";
import type { CalendarDraft } from "../model/calendar.ts";

/** Days on which schedules go by their row for holidays: once, or every year. */
export function HolidayLines({ draft }: { readonly draft: Draft<CalendarDraft> }): ReactElement {
  const { t } = useTranslation("schedules");
  const year = useFormat().day(Date.now()).slice(-4);
  const { holidays } = draft.value;
  const put = (next: Holidays["holidays"]) => draft.set({ holidays: next });
  const edit = (at: number, part: Partial<Holidays["holidays"][number]>) =>
    put(holidays.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <Stack gap="xs" maw={720}>
      {holidays.map((holiday, at) => (
        // a line is its place: its date is what one is typing
        <Group key={at} gap="xs" align="center">
          <TextInput
            type="date"
            w={150}
            aria-label={t("holidays.date", { number: at + 1 })}
            value={holiday.date}
            onChange={(event) => edit(at, { date: event.currentTarget.value })}
          />
          <TextInput
            flex="1 1 8rem"
            maxLength={100}
            aria-label={t("holidays.name", { number: at + 1 })}
            placeholder={t("holidays.namePlaceholder")}
            value={holiday.name}
            onChange={(event) => edit(at, { name: event.currentTarget.value })}
          />
          <Switch
            label={t("holidays.yearly")}
            checked={holiday.yearly}
            onChange={(event) => edit(at, { yearly: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("holidays.remove", { number: at + 1 })}
            onClick={() => put(holidays.filter((_, index) => index !== at))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...holidays, { date: `${year}-12-25`, yearly: true, name: "" }])}
        >
          {t("holidays.add")}
        </Button>
      </div>
    </Stack>
  );
}
