import { NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { outputRanges, type RatedLoad } from "../../../../src/domain/output-settings.ts";
import type { Draft } from "../../../shared/draft.ts";
import { withRatings, type OutputSettings } from "../model/settings.ts";

const given = (value: number | string): number | undefined => (typeof value === "number" ? value : undefined);
const shown = (value: number | undefined): number | "" => (value === undefined || Number.isNaN(value) ? "" : value);

/** Ratings from a relay's own sheet: what is left empty is not known, and nothing is warned of. */
export function RatingFields({ draft }: { readonly draft: Draft<OutputSettings> }): ReactElement {
  const { t } = useTranslation("alarm-out");
  const { ratings } = draft.value;
  const set = (part: Parameters<typeof withRatings>[1]) => draft.set(withRatings(draft.value, part));
  return (
    <Stack gap="sm" role="group" aria-label={t("relay.own")}>
      {(["dc", "ac"] as const).map((current) => (
        <Rated
          key={current}
          current={current}
          rated={ratings?.[current]}
          onChange={(rated) => set({ [current]: rated })}
        />
      ))}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {(["electrical", "mechanical"] as const).map((life) => (
          <NumberInput
            key={life}
            label={t(`ratings.${life}`)}
            thousandSeparator=" "
            allowDecimal={false}
            min={outputRanges.lifeOperations[0]}
            max={outputRanges.lifeOperations[1]}
            value={shown(ratings?.[life])}
            onChange={(value) => set({ [life]: given(value) })}
          />
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {t("ratings.help")}
      </Text>
    </Stack>
  );
}

interface RatedProps {
  readonly current: "dc" | "ac";
  readonly rated: RatedLoad | undefined;
  readonly onChange: (rated: RatedLoad | undefined) => void;
}

/** Volts and amperes of one kind of current; half of a pair can't be applied. */
function Rated({ current, rated, onChange }: RatedProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const field = (key: "volts" | "amps", unit: string) => (
    <NumberInput
      label={t(`ratings.${current}.${key}`)}
      suffix={` ${unit}`}
      decimalScale={3}
      min={outputRanges[key][0]}
      max={outputRanges[key][1]}
      value={shown(rated?.[key])}
      onChange={(value) => {
        const next = { volts: Number.NaN, amps: Number.NaN, ...rated, [key]: given(value) ?? Number.NaN };
        onChange(Number.isNaN(next.volts) && Number.isNaN(next.amps) ? undefined : next);
      }}
    />
  );
  return (
    <SimpleGrid cols={2}>
      {field("volts", "V")}
      {field("amps", "A")}
    </SimpleGrid>
  );
}
