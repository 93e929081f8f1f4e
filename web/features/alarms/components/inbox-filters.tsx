import { Group, Select, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useInputs } from "../../../shared/site-data.ts";
import type { InboxFilter } from "../api/alarms.ts";
import { nextDay, startOfDay } from "../model/site-day.ts";

/** What was chosen, as it stands in the fields. */
export interface ChosenFilter {
  readonly state: "" | "new" | "acknowledged" | "resolved";
  readonly input: string;
  readonly day: string;
}

export const noFilter: ChosenFilter = { state: "", input: "", day: "" };

/** What the server is asked: a day is one of the site's zone. */
export function asked({ state, input, day }: ChosenFilter, timeZone: string): InboxFilter {
  const since = startOfDay(day, timeZone);
  const until = since === undefined ? undefined : startOfDay(nextDay(day), timeZone);
  return {
    ...(state === "" ? {} : { state }),
    ...(input === "" ? {} : { input: Number(input) }),
    ...(since === undefined || until === undefined ? {} : { since, until }),
  };
}

interface InboxFiltersProps {
  readonly chosen: ChosenFilter;
  readonly onChange: (chosen: ChosenFilter) => void;
  /** Events have no state. */
  readonly withState: boolean;
}

export function InboxFilters({ chosen, onChange, withState }: InboxFiltersProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const inputs = useInputs().data ?? [];
  const rows = inputs.map(({ input, name }) => ({ value: String(input), label: name }));
  const states = ["new", "acknowledged", "resolved"] as const;
  return (
    <Group gap="xs" p="xs" grow preventGrowOverflow={false}>
      {withState && (
        <Select
          size="xs"
          aria-label={t("filter.state")}
          placeholder={t("filter.allStates")}
          data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={chosen.state === "" ? null : chosen.state}
          onChange={(state) => onChange({ ...chosen, state: state ?? "" })}
          clearable
        />
      )}
      <Select
        size="xs"
        aria-label={t("filter.input")}
        placeholder={t("filter.allInputs")}
        data={[...rows, { value: "0", label: t("filter.boards") }]}
        value={chosen.input === "" ? null : chosen.input}
        onChange={(input) => onChange({ ...chosen, input: input ?? "" })}
        clearable
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("filter.day")}
        title={format.timeZone}
        value={chosen.day}
        onChange={(event) => onChange({ ...chosen, day: event.currentTarget.value })}
      />
    </Group>
  );
}
