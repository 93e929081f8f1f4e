import { Anchor, Checkbox, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { defaultArming, disarmedMode } from "../../../src/domain/arming.ts";
import { useArmingSettings } from "../arming/arming-data.ts";
import { useModeName } from "../arming/mode-name.ts";
import { useSchedules } from "../site-data.ts";
import { ScheduleNow } from "../ui/schedule-now.tsx";
import type { Channel } from "../types.ts";

/** How a camera records, as a page changes it. */
export interface RecordDraft {
  readonly recordWeek: Channel["recordWeek"] | undefined;
  readonly atHome: Channel["atHome"] | undefined;
}

interface FieldProps {
  readonly value: RecordDraft;
  readonly onChange: (part: Partial<RecordDraft>) => void;
}

/** When general footage is recorded: always, never, or inside one of the weekly schedules; what that one says now. */
export function WeekField({ value, onChange }: FieldProps): ReactElement {
  const { t } = useTranslation("recording");
  const schedules = useSchedules().data ?? [];
  const general = value.recordWeek?.general ?? "always";
  const chosen = schedules.find((one) => one.schedule === general);
  const put = (text: string) => {
    const when = text === "always" || text === "never" ? text : Number(text);
    onChange({ recordWeek: { ...value.recordWeek, general: when } });
  };
  return (
    <Stack gap={6}>
      <Select
        label={t("fields.week")}
        description={t("fields.weekSays")}
        data={[
          { value: "always", label: t("fields.always") },
          ...schedules.map((one) => ({
            value: String(one.schedule),
            label: t("fields.inside", { schedule: one.name }),
          })),
          { value: "never", label: t("fields.never") },
        ]}
        value={String(general)}
        allowDeselect={false}
        onChange={(text) => {
          if (text !== null) put(text);
        }}
      />
      {chosen !== undefined && <ScheduleNow schedule={chosen} />}
      <Anchor component={Link} to="/schedules" size="sm">
        {t("fields.noSchedule")}
      </Anchor>
    </Stack>
  );
}

/** "Don't record when somebody is at home": in which modes, and whether alarms are kept then. */
export function AtHomeFields({ value, onChange }: FieldProps): ReactElement {
  const { t } = useTranslation("recording");
  const nameOf = useModeName();
  const modes = [disarmedMode, ...(useArmingSettings().data?.modes ?? defaultArming.modes).map(({ mode }) => mode)];
  const { atHome } = value;
  const put = (mode: string, quiet: boolean) => {
    const chosen = [...new Set([...modes, ...(atHome?.modes ?? [])])].filter((one) =>
      one === mode ? quiet : atHome?.modes.includes(one) === true,
    );
    const alarms = atHome?.alarms ?? "record";
    onChange({ atHome: chosen.length === 0 ? undefined : { modes: chosen, alarms } });
  };
  return (
    <Stack gap="sm">
      <Stack gap={4} role="group" aria-label={t("fields.atHome")}>
        <Text size="sm" fw={500}>
          {t("fields.atHome")}
        </Text>
        <Group gap="md">
          {modes.map((mode) => (
            <Checkbox
              key={mode}
              label={nameOf(mode)}
              checked={atHome?.modes.includes(mode) === true}
              onChange={(event) => put(mode, event.currentTarget.checked)}
            />
          ))}
        </Group>
        {atHome === undefined && (
          <Text size="sm" c="dimmed">
            {t("fields.atHomeSays")}
          </Text>
        )}
      </Stack>
      {atHome !== undefined && (
        <Radio.Group
          label={t("fields.alarmsThen")}
          value={atHome.alarms}
          onChange={(alarms) => onChange({ atHome: { ...atHome, alarms: alarms === "nothing" ? alarms : "record" } })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="record" label={t("fields.alarms.record")} />
            <Radio value="nothing" color="red" label={t("fields.alarms.nothing")} />
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  );
}
