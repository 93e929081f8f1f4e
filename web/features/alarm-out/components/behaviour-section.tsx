import { Group, SegmentedControl, Select, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { behaviourOf, outputRanges } from "../../../../src/domain/output-settings.ts";
import { ranges } from "../../../../src/domain/site-config.ts";
import type { Draft } from "../../../shared/draft.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { behaviours, withBehaviour, type OutputSettings } from "../model/settings.ts";
import { RangeField } from "../../../shared/ui/range-field.tsx";

interface BehaviourProps {
  readonly draft: Draft<OutputSettings>;
  /** Whether its board switches off by itself when Reed dies. */
  readonly timedByBoard: boolean;
}

/** How long an edge keeps it on, the bound that ends it in any case, its rest, and what happens without Reed. */
export function BehaviourSection({ draft, timedByBoard }: BehaviourProps): ReactElement {
  const { t } = useTranslation("alarm-out");
  const { maxOnS, restState } = draft.value;
  const behaviour = behaviourOf(draft.value);
  return (
    <Section title={t("section.behaviour")}>
      <Group align="flex-start" gap="sm" grow preventGrowOverflow={false} wrap="wrap">
        <Select
          label={t("field.behaviour")}
          miw={180}
          data={behaviours.map((value) => ({ value, label: t(`behaviour.${value}`) }))}
          value={behaviour.kind}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = behaviours.find((one) => one === value);
            if (chosen !== undefined) draft.set({ behaviour: withBehaviour(chosen, draft.value) });
          }}
        />
        {behaviour.kind === "pulse" && (
          <RangeField
            label={t("field.pulse")}
            suffix=" s"
            decimalScale={1}
            step={0.1}
            range={[outputRanges.pulseMs[0] / 1000, outputRanges.pulseMs[1] / 1000]}
            value={behaviour.ms / 1000}
            onChange={(value) => draft.set({ behaviour: { kind: "pulse", ms: Math.round(value * 1000) } })}
          />
        )}
        {behaviour.kind === "timed" && (
          <RangeField
            label={t("field.timed")}
            suffix=" s"
            range={outputRanges.timedS}
            value={behaviour.s}
            onChange={(value) => draft.set({ behaviour: { kind: "timed", s: value } })}
          />
        )}
        <RangeField
          label={t("field.maxOnS")}
          suffix=" s"
          range={ranges.maxOnS}
          value={maxOnS}
          onChange={(value) => draft.set({ maxOnS: value })}
        />
      </Group>
      <Text size="sm">{t(`behaviourHelp.${behaviour.kind}`, { maxOnS })}</Text>
      <Text size="xs" c="dimmed">
        {t("help.maxOnS")}
      </Text>
      <div>
        <Text size="sm" fw={600} mb={4}>
          {t("field.restState")}
        </Text>
        <SegmentedControl
          fullWidth
          aria-label={t("field.restState")}
          value={restState}
          onChange={(value) => draft.set({ restState: value === "on" ? "on" : "off" })}
          data={(["off", "on"] as const).map((value) => ({ value, label: t(`restState.${value}`) }))}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t(`restHelp.${restState}`)}
        </Text>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {t("death.title")}
        </Text>
        <Text size="sm">{t("death.start")}</Text>
        <Text size="sm">{t("death.stop")}</Text>
        <Text size="sm" c={timedByBoard ? undefined : "orange"}>
          {t(timedByBoard ? "death.timed" : "death.plain")}
        </Text>
      </div>
    </Section>
  );
}
