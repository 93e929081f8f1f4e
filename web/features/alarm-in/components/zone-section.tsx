import { Alert, Checkbox, Group, Select, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { armingRanges, defaultArming, isBurglarZone, zoneTypes } from "../../../../src/domain/arming.ts";
import { useArmingSettings } from "../../../shared/arming/arming-data.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import type { Draft } from "../../../shared/draft.ts";
import type { InputSettings } from "../model/settings.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";

interface ZoneProps {
  readonly draft: Draft<InputSettings>;
}

/** What the input is in the alarm: its type, the modes it is armed in, chime and shutdown. */
export function ZoneSection({ draft }: ZoneProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "arming"]);
  const { zone, chime, swingerAlarms, outputs, notifiers } = draft.value;
  const acts = outputs.length + notifiers.length > 0;
  return (
    <Section title={t("section.zone")}>
      <Select
        label={t("zone.label", { ns: "arming" })}
        description={t(`zone.${zone}.says`, { ns: "arming" })}
        data={zoneTypes.map((one) => ({ value: one, label: t(`zone.${one}.name`, { ns: "arming" }) }))}
        value={zone}
        allowDeselect={false}
        onChange={(chosen) => {
          const found = zoneTypes.find((one) => one === chosen);
          if (found !== undefined) draft.set({ zone: found });
        }}
      />
      {(zone === "record-only" || zone === "key-switch") && acts && (
        <Alert color="orange" role="note">
          {t("willNotAct")}
        </Alert>
      )}
      {zone === "key-switch" && <KeySwitch draft={draft} />}
      {isBurglarZone(zone) && (
        <>
          <Modes draft={draft} />
          <RangeField
            label={t("field.swingerAlarms")}
            description={t("help.swingerAlarms")}
            range={armingRanges.swingerAlarms}
            value={swingerAlarms}
            onChange={(value) => draft.set({ swingerAlarms: value })}
          />
        </>
      )}
      <Switch
        label={t("field.chime")}
        description={t("help.chime")}
        checked={chime}
        onChange={(event) => draft.set({ chime: event.currentTarget.checked })}
      />
    </Section>
  );
}

/** Ticked in all of them, it names none: a mode that is added later has it armed too. */
function Modes({ draft }: ZoneProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const nameOf = useModeName();
  const all = (useArmingSettings().data?.modes ?? defaultArming.modes).map(({ mode }) => mode);
  const chosen = draft.value.modes ?? all;
  const put = (mode: string, armed: boolean) => {
    const modes = all.filter((one) => (one === mode ? armed : chosen.includes(one)));
    draft.set({ modes: modes.length === all.length ? undefined : modes });
  };
  return (
    <Stack gap={4} role="group" aria-label={t("field.modes")}>
      <Text size="sm" fw={500}>
        {t("field.modes")}
      </Text>
      <Group gap="md">
        {all.map((mode) => (
          <Checkbox
            key={mode}
            label={nameOf(mode)}
            checked={chosen.includes(mode)}
            onChange={(event) => put(mode, event.currentTarget.checked)}
          />
        ))}
      </Group>
    </Stack>
  );
}

function KeySwitch({ draft }: ZoneProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const nameOf = useModeName();
  const modes = useArmingSettings().data?.modes ?? defaultArming.modes;
  const keySwitch = draft.value.keySwitch ?? { acts: "toggle" };
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t("keySwitch.acts")}
        value={keySwitch.acts}
        onChange={(value) => draft.set({ keySwitch: { ...keySwitch, acts: value === "follow" ? "follow" : "toggle" } })}
        data={[
          { value: "toggle", label: t("keySwitch.toggle") },
          { value: "follow", label: t("keySwitch.follow") },
        ]}
      />
      <Select
        label={t("keySwitch.mode")}
        data={modes.map(({ mode }) => ({ value: mode, label: nameOf(mode) }))}
        value={keySwitch.mode ?? modes[0]?.mode ?? null}
        allowDeselect={false}
        onChange={(mode) => {
          if (mode !== null) draft.set({ keySwitch: { ...keySwitch, mode } });
        }}
      />
    </>
  );
}
