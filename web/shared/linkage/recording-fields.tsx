import { Alert, List, MultiSelect, SimpleGrid } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ranges } from "../../../src/domain/site-config.ts";
import { useModeName } from "../arming/mode-name.ts";
import { useChannels } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

/** Which cameras record, and how long. */
export function RecordingFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const channels = useChannels().data ?? [];
  const { recordChannels, postRecordS, maxRecordS } = draft.value;
  const chosen = channels.filter((one) => recordChannels.includes(one.channel));
  const nameOf = useModeName();
  const silent = chosen.flatMap(({ channel, name, recordMode, atHome }) => {
    if (recordMode === "off") return [{ channel, words: t("private.always", { name }) }];
    if (atHome?.alarms !== "nothing") return [];
    return [{ channel, words: t("private.inModes", { name, modes: atHome.modes.map(nameOf).join(", ") }) }];
  });
  return (
    <>
      <MultiSelect
        label={t("recordChannels")}
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
            <List.Item key={one.channel}>{t("preRecord", { name: one.name, seconds: one.preRecordS })}</List.Item>
          ))}
        </List>
      )}
      {silent.length > 0 && (
        <Alert color="red" role="note" title={t("private.title")}>
          <List size="sm" spacing={2}>
            {silent.map(({ channel, words }) => (
              <List.Item key={channel}>{words}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <RangeField
          label={t("postRecordS")}
          description={t("postRecordSays")}
          suffix=" s"
          range={ranges.postRecordS}
          value={postRecordS}
          onChange={(value) => draft.set({ postRecordS: value })}
        />
        <RangeField
          label={t("maxRecordS")}
          description={t("maxRecordSays")}
          suffix=" s"
          range={ranges.maxRecordS}
          value={maxRecordS}
          onChange={(value) => draft.set({ maxRecordS: value })}
        />
      </SimpleGrid>
    </>
  );
}
