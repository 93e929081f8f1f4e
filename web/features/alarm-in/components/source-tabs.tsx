import { Badge, Tabs } from "@mantine/core";
import { IconMessageBolt, IconPlugConnected, IconRun, IconVideoOff } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { sources, type Source } from "../model/source.ts";

const icons = {
  contact: IconPlugConnected,
  pictures: IconRun,
  network: IconMessageBolt,
  offline: IconVideoOff,
} as const;

interface SourceTabsProps {
  readonly source: Source;
  readonly counts: Readonly<Record<Source, number>>;
  readonly onChange: (source: Source) => void;
}

/** The sources of alarms, as the trade parts them: contacts, what cameras see, the network, cameras that are gone. */
export function SourceTabs({ source, counts, onChange }: SourceTabsProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <Tabs value={source} onChange={(value) => onChange(sources.find((one) => one === value) ?? "contact")} mb="md">
      <Tabs.List aria-label={t("source.label")}>
        {sources.map((one) => {
          const Sign = icons[one];
          return (
            <Tabs.Tab
              key={one}
              value={one}
              leftSection={<Sign size={16} aria-hidden />}
              rightSection={
                counts[one] > 0 && one !== "offline" ? (
                  <Badge size="sm" variant="default" circle>
                    {counts[one]}
                  </Badge>
                ) : undefined
              }
            >
              {t(`source.${one}`)}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
    </Tabs>
  );
}
