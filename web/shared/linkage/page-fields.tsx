import { Button, Group, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { pageSounds, usualPage } from "../../../src/domain/linkage-settings.ts";
import { playSound, speak } from "../alarm-sound/player.ts";
import type { LinkageDraft } from "./linkage-value.ts";
import { TourFields } from "./tour-fields.tsx";

/** What open pages do: pop-up, sound, voice. */
export function PageFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const page = draft.value.page ?? usualPage;
  const set = (part: Partial<typeof page>) => draft.set({ page: { ...page, ...part } });
  const listen = () => {
    void playSound(page.sound, 2000);
    if (page.voice !== "") speak(page.voice);
  };
  return (
    <Stack gap="xs">
      <Switch
        label={t("popup")}
        checked={page.popup}
        onChange={(event) => set({ popup: event.currentTarget.checked })}
      />
      {page.popup && <TourFields draft={draft} />}
      <Select
        label={t("sound")}
        description={t("soundSays")}
        data={pageSounds.map((value) => ({ value, label: t(`sounds.${value}`) }))}
        value={page.sound}
        onChange={(value) => set({ sound: pageSounds.find((one) => one === value) ?? "off" })}
        allowDeselect={false}
      />
      <TextInput
        label={t("voice")}
        description={t("voiceSays")}
        maxLength={200}
        value={page.voice}
        onChange={(event) => set({ voice: event.currentTarget.value })}
      />
      {(page.sound !== "off" || page.voice !== "") && (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            onClick={listen}
          >
            {t("listen")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("listenSays")}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
