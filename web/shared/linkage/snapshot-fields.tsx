import { MultiSelect, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges, snapshotDefaults } from "../../../src/domain/linkage-settings.ts";
import { useChannels } from "../site-data.ts";
import { snapshotSpanS, type LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

/** Pictures that are kept with the alarm and sent with its messages. */
export function SnapshotFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const channels = useChannels().data ?? [];
  const { snapshots } = draft.value;
  const now = snapshots ?? { channels: [], ...snapshotDefaults };
  return (
    <div>
      <MultiSelect
        label={t("snapshots")}
        description={now.channels.length === 0 ? t("snapshotsNone") : t("snapshotsSay")}
        placeholder={now.channels.length === 0 ? t("choose") : ""}
        data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={now.channels.map(String)}
        onChange={(values) => draft.set({ snapshots: { ...now, channels: values.map(Number) } })}
        searchable
        clearable
      />
      {now.channels.length > 0 && (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
            <RangeField
              label={t("count")}
              range={linkageRanges.snapshotCount}
              allowDecimal={false}
              value={now.count}
              onChange={(value) => draft.set({ snapshots: { ...now, count: value } })}
            />
            <RangeField
              label={t("interval")}
              suffix=" s"
              range={linkageRanges.snapshotIntervalS}
              value={now.intervalS}
              disabled={now.count === 1}
              onChange={(value) => draft.set({ snapshots: { ...now, intervalS: value } })}
            />
          </SimpleGrid>
          <Text size="sm" c="dimmed" mt={4}>
            {t("span", { count: now.channels.length * (now.count || 0), seconds: snapshotSpanS(now) || 0 })}
          </Text>
        </>
      )}
    </div>
  );
}
