import { NumberInput, SimpleGrid } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { watchDefaults, watchRanges } from "../../../../src/domain/sensor-watch.ts";
import type { PointStatus } from "../../../../src/messages/api.ts";
import type { Draft } from "../../../shared/draft.ts";
import { SensorText } from "../../../shared/io/sensor-text.tsx";
import { useBoards } from "../../../shared/site-data.ts";
import { Section } from "../../../shared/ui/section.tsx";
import type { InputSettings } from "../model/settings.ts";

interface SensorProps {
  readonly draft: Draft<InputSettings>;
  readonly contact: PointStatus;
}

type Watched = keyof typeof watchRanges;

/** When a sensor is a trouble: it chatters, has not changed for days, says nothing, has an empty battery. */
export function SensorSection({ draft, contact }: SensorProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const wireless = useBoards().data?.find((one) => one.board === draft.value.board)?.driver.kind === "mqtt";
  const usual: Record<Watched, number> = {
    restoreMs: draft.value.debounceMs,
    chatterPerMin: watchDefaults.chatterPerMin,
    watchDays: 0,
    unseenH: watchDefaults.unseenH,
  };
  const shown: readonly Watched[] = [
    "restoreMs",
    "chatterPerMin",
    "watchDays",
    ...(wireless ? ["unseenH" as const] : []),
  ];
  return (
    <Section title={t("section.sensor")} says={t("sensorSays")}>
      <SensorText contact={contact} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
        {shown.map((field) => (
          <NumberInput
            key={field}
            label={t(`field.${field}`)}
            description={t(`help.${field}`)}
            suffix={t(`suffix.${field}`)}
            placeholder={
              field === "watchDays"
                ? t("usuallyNever")
                : t("usually", { value: `${usual[field]}${t(`suffix.${field}`)}` })
            }
            min={watchRanges[field][0]}
            max={watchRanges[field][1]}
            value={draft.value[field] ?? ""}
            onChange={(value) => draft.set({ [field]: typeof value === "number" ? value : undefined })}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
