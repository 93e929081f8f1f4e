import { Anchor, Checkbox, Grid, Group, Select, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isBurglarZone, zoneTypes, type ModeSettings } from "../../../../src/domain/arming.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import type { Draft } from "../../../shared/draft.ts";
import type { Input } from "../../../shared/types.ts";
import type { ArmingDraft, ZoneDraft } from "../model/arming-draft.ts";
import { Section } from "../../../shared/ui/section.tsx";

interface ZonesProps {
  readonly draft: Draft<ArmingDraft>;
  readonly inputs: readonly Input[];
}

/** What each input is in the alarm, and in which modes it is armed. */
export function ZonesCard({ draft, inputs }: ZonesProps): ReactElement {
  const { t } = useTranslation("arming");
  return (
    <Section fill title={t("card.zones")} says={t("zones.says")}>
      {inputs.length === 0 && <Text size="sm">{t("zones.none")}</Text>}
      {inputs.map((input) => {
        const value = draft.value.zones[input.input];
        return value === undefined ? null : (
          <ZoneRow
            key={input.input}
            input={input}
            value={value}
            modes={draft.value.modes}
            onChange={(part) => draft.set({ zones: { ...draft.value.zones, [input.input]: { ...value, ...part } } })}
          />
        );
      })}
    </Section>
  );
}

interface ZoneRowProps {
  readonly input: Input;
  readonly value: ZoneDraft;
  readonly modes: readonly ModeSettings[];
  readonly onChange: (part: Partial<ZoneDraft>) => void;
}

function ZoneRow({ input, value, modes, onChange }: ZoneRowProps): ReactElement {
  const { t } = useTranslation("arming");
  const nameOf = useModeName();
  const acts = input.outputs.length + input.notifiers.length > 0;
  return (
    <Grid gap="xs" align="center" role="group" aria-label={input.name}>
      <Grid.Col span={{ base: 12, sm: 4 }}>
        <Anchor component={Link} to={`/alarm-in/${input.input}`} size="sm" fw={500}>
          {input.name}
        </Anchor>
        {value.zone === "record-only" && acts && (
          <Text size="xs" c="orange">
            {t("zones.willNotAct")}
          </Text>
        )}
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 3 }}>
        <Select
          aria-label={t("zones.typeOf", { name: input.name })}
          data={zoneTypes.map((zone) => ({ value: zone, label: t(`zone.${zone}.name`) }))}
          value={value.zone}
          allowDeselect={false}
          onChange={(chosen) => {
            const zone = zoneTypes.find((one) => one === chosen);
            if (zone !== undefined) onChange({ zone });
          }}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, sm: 5 }}>
        {isBurglarZone(value.zone) ? (
          <Group gap="md">
            {modes.map(({ mode }) => (
              <Checkbox
                key={mode}
                label={nameOf(mode)}
                checked={value.modes.includes(mode)}
                onChange={(event) =>
                  onChange({
                    modes: event.currentTarget.checked
                      ? [...value.modes, mode]
                      : value.modes.filter((one) => one !== mode),
                  })
                }
              />
            ))}
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t(`zone.${value.zone}.short`)}
          </Text>
        )}
      </Grid.Col>
    </Grid>
  );
}
