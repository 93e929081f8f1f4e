import { Anchor, Select, Switch, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { zoneTypes } from "../../../src/domain/arming.ts";
import { useModeName } from "../arming/mode-name.ts";
import { useLive } from "../event-stream.ts";
import { LinkageFields } from "../linkage/linkage-fields.tsx";
import { Section } from "../ui/section.tsx";
import type { LinkedInput, LinkedSettings } from "./linked-inputs.ts";

interface EventDoesProps {
  readonly linked: LinkedInput;
  readonly onChange: (part: Partial<LinkedSettings>) => void;
}

/** What happens when it is seen: the alarm input of the event, with the same linkage as a contact's. */
export function EventDoes({ linked, onChange }: EventDoesProps): ReactElement {
  const { t } = useTranslation(["detection", "arming"]);
  const { input, settings } = linked;
  const nameOf = useModeName();
  const mode = useLive((state) => state.arming.mode);
  return (
    <Section title={t("does.title")} says={t("does.says", { name: settings.name })}>
      <Switch
        label={t("does.enabled")}
        description={t("does.enabledSays")}
        checked={settings.enabled}
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
      <Select
        label={t("zone.label", { ns: "arming" })}
        description={t(`zone.${settings.zone}.says`, { ns: "arming" })}
        data={zoneTypes
          .filter((zone) => zone !== "key-switch")
          .map((zone) => ({ value: zone, label: t(`zone.${zone}.name`, { ns: "arming" }) }))}
        value={settings.zone}
        allowDeselect={false}
        onChange={(chosen) => {
          const zone = zoneTypes.find((one) => one === chosen);
          if (zone !== undefined) onChange({ zone });
        }}
      />
      <Text size="sm" c="dimmed">
        {mode === undefined ? "" : t("does.mode", { mode: nameOf(mode) })}{" "}
        {input !== undefined && (
          <Anchor component={Link} to={`/alarm-in/${input}`} size="sm">
            {t("does.more")}
          </Anchor>
        )}
      </Text>
      <LinkageFields draft={{ value: settings, set: onChange }} {...(input === undefined ? {} : { self: input })} />
    </Section>
  );
}
