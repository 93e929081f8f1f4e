import { MultiSelect, Radio, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { autoArmRanges } from "../../../../src/domain/auto-arm.ts";
import { defaultArming } from "../../../../src/domain/arming.ts";
import { useArmingSettings } from "../../../shared/arming/arming-data.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import type { Draft } from "../../../shared/draft.ts";
import { useNotifiers, useSchedules } from "../../../shared/site-data.ts";
import { firstAutoArm, type AutoArmDraft, type CalendarDraft } from "../model/calendar.ts";
import { NextArming } from "./next-arming.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";

/** Arming at closing time: by which schedule, in which mode, with how much warning and to whom. */
export function AutoArmFields({ draft }: { readonly draft: Draft<CalendarDraft> }): ReactElement {
  const { t } = useTranslation("schedules");
  const schedules = useSchedules().data ?? [];
  const { autoArm } = draft.value;
  const first = schedules[0];
  if (first === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t("autoArm.noSchedule")}
      </Text>
    );
  const set = (part: Partial<AutoArmDraft>) => {
    if (autoArm !== undefined) draft.set({ autoArm: { ...autoArm, ...part } });
  };
  return (
    <Stack gap="sm" maw={720}>
      <Switch
        label={t("autoArm.on")}
        checked={autoArm !== undefined}
        onChange={(event) =>
          draft.set({ autoArm: event.currentTarget.checked ? firstAutoArm(first.schedule) : undefined })
        }
      />
      {autoArm !== undefined && (
        <>
          <NextArming settings={autoArm} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t("autoArm.schedule")}
              data={schedules.map((one) => ({ value: String(one.schedule), label: one.name }))}
              value={String(autoArm.schedule)}
              allowDeselect={false}
              onChange={(value) => set({ schedule: Number(value) })}
            />
            <ModeSelect mode={autoArm.mode} onChange={(mode) => set({ mode })} />
          </SimpleGrid>
          <Radio.Group
            label={t("autoArm.when")}
            value={autoArm.armWhen}
            onChange={(value) => set({ armWhen: value === "begins" ? "begins" : "ends" })}
          >
            <Stack gap={6} mt={6}>
              {(["ends", "begins"] as const).map((value) => (
                <Radio key={value} value={value} label={t(`autoArm.armWhen.${value}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <Switch
            label={t(`autoArm.disarm.${autoArm.armWhen}`)}
            checked={autoArm.disarm}
            onChange={(event) => set({ disarm: event.currentTarget.checked })}
          />
          <Warning autoArm={autoArm} set={set} />
        </>
      )}
    </Stack>
  );
}

interface ModeProps {
  readonly mode: string | undefined;
  readonly onChange: (mode: string | undefined) => void;
}

function ModeSelect({ mode, onChange }: ModeProps): ReactElement {
  const { t } = useTranslation("schedules");
  const nameOf = useModeName();
  const modes = useArmingSettings().data?.modes ?? defaultArming.modes;
  return (
    <Select
      label={t("autoArm.mode")}
      data={modes.map((one) => ({ value: one.mode, label: nameOf(one.mode) }))}
      value={mode ?? modes[0]?.mode ?? null}
      allowDeselect={false}
      onChange={(value) => onChange(value ?? undefined)}
    />
  );
}

interface WarningProps {
  readonly autoArm: AutoArmDraft;
  readonly set: (part: Partial<AutoArmDraft>) => void;
}

function Warning({ autoArm, set }: WarningProps): ReactElement {
  const { t } = useTranslation("schedules");
  const notifiers = useNotifiers().data ?? [];
  const [min, max] = autoArmRanges.warningMin;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <RangeField
        label={t("autoArm.warning")}
        suffix=" min"
        range={[min, max]}
        value={autoArm.warningMin}
        onChange={(value) => set({ warningMin: value })}
      />
      <MultiSelect
        label={t("autoArm.tell")}
        data={notifiers.map((one) => ({ value: String(one.notifier), label: one.name }))}
        value={autoArm.notifiers.map(String)}
        onChange={(values) => set({ notifiers: values.map(Number) })}
        clearable
      />
    </SimpleGrid>
  );
}
