import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { edgeSources, sourceOfInput } from "../../../../src/domain/edge-source.ts";
import { useBoards, useFormat, useInputs } from "../../../shared/site-data.ts";
import {
  butMotion,
  everySource,
  inboxStates,
  shownSource,
  type ChangedSearch,
  type InboxSearch,
} from "../model/inbox-search.ts";

interface InboxFiltersProps {
  readonly chosen: InboxSearch;
  readonly onChange: (changed: ChangedSearch) => void;
}

/** Clearing a field takes it out of the address. */
export function InboxFilters({ chosen, onChange }: InboxFiltersProps): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const inputs = useInputs().data ?? [];
  const rows = inputs.map(({ input, name }) => ({ value: String(input), label: name }));
  const usual = shownSource({ ...chosen, source: undefined });
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs" p="xs">
      {chosen.list === undefined && (
        <Select
          size="xs"
          aria-label={t("filter.state")}
          placeholder={t("filter.allStates")}
          data={inboxStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={chosen.state ?? null}
          onChange={(state) => onChange({ state: inboxStates.find((one) => one === state) })}
          clearable
        />
      )}
      <Select
        size="xs"
        aria-label={t("filter.source")}
        data={useSources(chosen)}
        value={shownSource(chosen)}
        onChange={(source) => onChange({ source: chosenSource(source, usual) })}
        allowDeselect={false}
      />
      <Select
        size="xs"
        aria-label={t("filter.input")}
        placeholder={t("filter.allInputs")}
        data={[...rows, { value: "0", label: t("filter.boards") }]}
        value={chosen.input === undefined ? null : String(chosen.input)}
        onChange={(input) => onChange({ input: input === null ? undefined : Number(input) })}
        clearable
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t("filter.day")}
        title={format.timeZone}
        value={chosen.day ?? ""}
        onChange={(event) =>
          onChange({ day: event.currentTarget.value === "" ? undefined : event.currentTarget.value })
        }
      />
    </SimpleGrid>
  );
}

/** The usual one does not stand in the address. */
const chosenSource = (source: string | null, usual: string): InboxSearch["source"] | undefined =>
  source === usual ? undefined : allSources.find((one) => one === source);

const allSources = [...edgeSources, butMotion, everySource] as const;

/** Those that this site has, and the one that an address asks for. */
function useSources(chosen: InboxSearch): { value: string; label: string }[] {
  const { t } = useTranslation("alarms");
  const inputs = useInputs().data ?? [];
  const boards = useBoards().data ?? [];
  const { list } = chosen;
  const shown = shownSource(chosen);
  const has = new Set<string>([
    shown,
    "board",
    ...(list === undefined ? [] : (["hand"] as const)),
    ...inputs.map((input) => sourceOfInput(input, boards)),
  ]);
  return [
    { value: everySource, label: t("filter.allSources") },
    ...(list === undefined && shown !== butMotion ? [] : [{ value: butMotion, label: t("filter.butMotion") }]),
    ...edgeSources.filter((one) => has.has(one)).map((value) => ({ value, label: t(`source.${value}`) })),
  ];
}
