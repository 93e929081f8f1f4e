import { MultiSelect, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PtzLink } from "../../../src/domain/ptz-settings.ts";
import { PresetPicker } from "../ptz/preset-picker.tsx";
import { useChannels } from "../site-data.ts";
import type { LinkageDraft } from "./linkage-value.ts";

/** Cameras that are turned to a preset, and perhaps back. Only those whose steering is set up can be chosen. */
export function PtzFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const channels = useChannels().data ?? [];
  const links: readonly PtzLink[] = draft.value.ptz ?? [];
  const able = channels.filter((one) => one.ptz !== undefined || links.some(({ channel }) => channel === one.channel));
  const choose = (chosen: readonly number[]) =>
    draft.set({
      ptz: chosen.map((channel) => links.find((one) => one.channel === channel) ?? { channel, preset: 1 }),
    });
  const put = (link: PtzLink) => draft.set({ ptz: links.map((one) => (one.channel === link.channel ? link : one)) });
  if (able.length === 0) {
    return (
      <div>
        <Text size="sm" fw={500}>
          {t("ptz.label")}
        </Text>
        <Text size="sm" c="dimmed">
          {t("ptz.none")}
        </Text>
      </div>
    );
  }
  return (
    <div>
      <MultiSelect
        label={t("ptz.label")}
        description={t("ptz.says")}
        placeholder={links.length === 0 ? t("choose") : ""}
        data={able.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={links.map(({ channel }) => String(channel))}
        onChange={(values) => choose(values.map(Number))}
        clearable
      />
      {links.map((link) => (
        <Link
          key={link.channel}
          link={link}
          name={channels.find((one) => one.channel === link.channel)?.name ?? String(link.channel)}
          onChange={put}
        />
      ))}
    </div>
  );
}

interface LinkProps {
  readonly link: PtzLink;
  readonly name: string;
  readonly onChange: (link: PtzLink) => void;
}

function Link({ link, name, onChange }: LinkProps): ReactElement {
  const { t } = useTranslation("linkage");
  const { channel, preset, back } = link;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} mt="xs">
      <PresetPicker
        channel={channel}
        label={t("ptz.preset", { name })}
        preset={preset}
        onChange={(chosen) => onChange({ ...link, preset: chosen ?? Number.NaN })}
      />
      <PresetPicker
        channel={channel}
        label={t("ptz.back")}
        description={t("ptz.backSays")}
        placeholder={t("ptz.stays")}
        preset={back}
        onChange={(chosen) => onChange({ channel, preset, ...(chosen === undefined ? {} : { back: chosen }) })}
      />
    </SimpleGrid>
  );
}
