import { Badge, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../shared/event-stream.ts";
import { useFormat } from "../shared/site-data.ts";

/** What is wrong now: a count that opens the list. */
export function TroublesMenu(): ReactElement | null {
  const { t } = useTranslation("shell");
  const format = useFormat();
  const troubles = useLive((state) => state.troubles);
  if (troubles === undefined || troubles.length === 0) return null;
  return (
    <Popover width={340} position="bottom-end" withinPortal>
      <Popover.Target>
        <UnstyledButton aria-label={t("troubles.label", { count: troubles.length })}>
          <Badge color="orange" variant="filled" size="lg">
            {troubles.length}
          </Badge>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {troubles.map((trouble) => (
            <div key={trouble.key}>
              <Text size="sm">{trouble.what}</Text>
              <Text size="xs" c="dimmed">
                {t("troubles.since", { time: format.dateTime(trouble.since) })}
              </Text>
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
