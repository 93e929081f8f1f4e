import { MultiSelect, Select, SimpleGrid } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges, tourDefaults, usualPage, type TourLink } from "../../../src/domain/linkage-settings.ts";
import { useChannels } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

const atOnce = [1, 4] as const;

/** Cameras that live pages show one after the other while the alarm is new. */
export function TourFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const channels = useChannels().data ?? [];
  const page = draft.value.page ?? usualPage;
  const now: TourLink = page.tour ?? { channels: [], ...tourDefaults };
  const set = (part: Partial<TourLink>) => draft.set({ page: { ...page, tour: { ...now, ...part } } });
  return (
    <div>
      <MultiSelect
        label={t("tour")}
        description={now.channels.length === 0 ? t("tourNone") : t("tourSays")}
        placeholder={now.channels.length === 0 ? t("choose") : ""}
        data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={now.channels.map(String)}
        // without cameras its other fields are not there to be mended
        onChange={(values) => set({ channels: values.map(Number), ...(values.length === 0 ? tourDefaults : {}) })}
        searchable
        clearable
      />
      {now.channels.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
          <Select
            label={t("atOnce")}
            data={atOnce.map(String)}
            value={String(now.atOnce)}
            onChange={(value) => set({ atOnce: atOnce.find((one) => String(one) === value) ?? tourDefaults.atOnce })}
            allowDeselect={false}
          />
          <RangeField
            label={t("tourEvery")}
            suffix=" s"
            range={linkageRanges.tourEveryS}
            allowDecimal={false}
            value={now.everyS}
            onChange={(value) => set({ everyS: value })}
          />
        </SimpleGrid>
      )}
    </div>
  );
}
