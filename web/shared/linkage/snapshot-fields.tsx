import { MultiSelect, NumberInput, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges, snapshotDefaults } from "../../../src/domain/linkage-settings.ts";
import { useChannels } from "../site-data.ts";
import { snapshotSpanS, type LinkageDraft } from "./linkage-value.ts";

const whole = (value: string | number): number => (typeof value === "number" ? value : Number.NaN);

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
            <NumberInput
              label={t("count")}
              min={linkageRanges.snapshotCount[0]}
              max={linkageRanges.snapshotCount[1]}
              allowDecimal={false}
              value={now.count}
              onChange={(value) => draft.set({ snapshots: { ...now, count: whole(value) } })}
            />
            <NumberInput
              label={t("interval")}
              suffix=" s"
              min={linkageRanges.snapshotIntervalS[0]}
              max={linkageRanges.snapshotIntervalS[1]}
              value={now.intervalS}
              disabled={now.count === 1}
              onChange={(value) => draft.set({ snapshots: { ...now, intervalS: whole(value) } })}
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
