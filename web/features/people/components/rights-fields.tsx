import { Checkbox, Fieldset, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../../shared/site-data.ts";
import type { Rights, Role } from "../api/people.ts";

interface RightsFieldsProps {
  readonly role: Role;
  readonly rights: Rights;
  readonly onChange: (rights: Rights) => void;
}

/** Which cameras somebody sees live and played back. An administrator sees all; a display has no past. */
export function RightsFields({ role, rights, onChange }: RightsFieldsProps): ReactElement {
  const { t } = useTranslation("people");
  if (role === "administrator") {
    return (
      <Text size="sm" c="dimmed">
        {t("rights.administrator")}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Choice label={t("rights.live")} choice={rights.live} onChange={(live) => onChange({ ...rights, live })} />
      {role === "display" ? (
        <Text size="sm" c="dimmed">
          {t("rights.display")}
        </Text>
      ) : (
        <Choice
          label={t("rights.playback")}
          choice={rights.playback}
          onChange={(playback) => onChange({ ...rights, playback })}
        />
      )}
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly choice: Rights["live"];
  readonly onChange: (choice: Rights["live"]) => void;
}

function Choice({ label, choice, onChange }: ChoiceProps): ReactElement {
  const { t } = useTranslation("people");
  const channels = useChannels().data ?? [];
  const chosen = choice === "all" ? undefined : choice;
  const flip = (channel: number) => {
    const now = chosen ?? [];
    onChange(now.includes(channel) ? now.filter((one) => one !== channel) : [...now, channel].sort((a, b) => a - b));
  };
  return (
    <Fieldset legend={label}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={chosen === undefined ? "all" : "some"}
        onChange={(value) => onChange(value === "all" ? "all" : channels.map((row) => row.channel))}
        data={[
          { value: "all", label: t("rights.allAndNew") },
          { value: "some", label: t("rights.some") },
        ]}
      />
      {chosen !== undefined && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm" spacing="xs">
          {channels.map((row) => (
            <Checkbox
              key={row.channel}
              label={`${row.channel} · ${row.name}`}
              checked={chosen.includes(row.channel)}
              onChange={() => flip(row.channel)}
            />
          ))}
          {channels.length === 0 && <Text size="sm">{t("rights.noCameras")}</Text>}
        </SimpleGrid>
      )}
    </Fieldset>
  );
}
