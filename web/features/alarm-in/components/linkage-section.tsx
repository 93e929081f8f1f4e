import { List, MultiSelect, NumberInput, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ranges } from "../../../../src/domain/site-config.ts";
import type { Draft } from "../../../shared/draft.ts";
import { useChannels, useNotifiers } from "../../../shared/site-data.ts";
import type { InputSettings } from "../model/settings.ts";
import { OutputLinks } from "./output-links.tsx";
import { ScheduleField } from "./schedule-field.tsx";
import { Section } from "../../../shared/ui/section.tsx";

interface LinkageProps {
  readonly draft: Draft<InputSettings>;
}

/** What an edge does: cameras, outputs, messages. */
export function LinkageSection({ draft }: LinkageProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <Section title={t("section.does")} says={t("armedOnly")}>
      <Recording draft={draft} />
      <OutputLinks draft={draft} />
      <Messages draft={draft} />
      <ScheduleField draft={draft} />
      <div>
        <Text size="sm" fw={500}>
          {t("log.label")}
        </Text>
        <Text size="sm" c="dimmed">
          {t("log.says")}
        </Text>
      </div>
    </Section>
  );
}

function Recording({ draft }: LinkageProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const channels = useChannels().data ?? [];
  const { recordChannels, postRecordS, maxRecordS } = draft.value;
  const seconds = (value: string | number) => (typeof value === "number" ? value : Number.NaN);
  const chosen = channels.filter((one) => recordChannels.includes(one.channel));
  return (
    <>
      <MultiSelect
        label={t("field.recordChannels")}
        placeholder={recordChannels.length === 0 ? t("choose") : ""}
        data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={recordChannels.map(String)}
        onChange={(values) => draft.set({ recordChannels: values.map(Number) })}
        searchable
        clearable
      />
      {chosen.length > 0 && (
        <List size="sm" spacing={2} c="dimmed">
          {chosen.map((one) => (
            <List.Item key={one.channel}>
              {t("preRecord", { name: one.name, seconds: one.preRecordS })}
              {one.recordMode === "off" && ` · ${t("recordOff")}`}
            </List.Item>
          ))}
        </List>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t("field.postRecordS")}
          description={t("help.postRecordS")}
          suffix=" s"
          min={ranges.postRecordS[0]}
          max={ranges.postRecordS[1]}
          value={postRecordS}
          onChange={(value) => draft.set({ postRecordS: seconds(value) })}
        />
        <NumberInput
          label={t("field.maxRecordS")}
          description={t("help.maxRecordS")}
          suffix=" s"
          min={ranges.maxRecordS[0]}
          max={ranges.maxRecordS[1]}
          value={maxRecordS}
          onChange={(value) => draft.set({ maxRecordS: seconds(value) })}
        />
      </SimpleGrid>
    </>
  );
}

function Messages({ draft }: LinkageProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const notifiers = useNotifiers().data ?? [];
  const { notifiers: chosen } = draft.value;
  const pictured = notifiers.filter((one) => chosen.includes(one.notifier) && one.snapshot);
  return (
    <div>
      <MultiSelect
        label={t("field.notifiers")}
        placeholder={chosen.length === 0 ? t("choose") : ""}
        description={notifiers.length === 0 ? t("noNotifiers") : undefined}
        data={notifiers.map((one) => ({ value: String(one.notifier), label: one.name }))}
        value={chosen.map(String)}
        onChange={(values) => draft.set({ notifiers: values.map(Number) })}
        clearable
      />
      {chosen.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {pictured.length > 0
            ? t("snapshot.with", { names: pictured.map((one) => one.name).join(", ") })
            : t("snapshot.without")}
        </Text>
      )}
    </div>
  );
}
