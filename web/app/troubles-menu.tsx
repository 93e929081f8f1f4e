import { ActionIcon, Anchor, Button, Divider, Popover, ScrollArea, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../shared/event-stream.ts";
import { useMay } from "../shared/site-data.ts";
import { TroubleItem } from "../shared/ui/trouble-item.tsx";

/** What is wrong now: a count that opens the list, each with what to do next. */
export function TroublesMenu(): ReactElement | null {
  const { t } = useTranslation("shell");
  const [open, { toggle, close }] = useDisclosure(false);
  const troubles = useLive((state) => state.troubles);
  const configures = useMay("configure");
  if (troubles === undefined) return null;
  const count = troubles.length;
  const label = count === 0 ? t("troubles.none") : t("troubles.label", { count });
  return (
    <Popover opened={open} onChange={close} width="min(400px, 94vw)" position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        {count === 0 ? (
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={toggle} visibleFrom="sm">
            <IconCircleCheck size={20} aria-hidden />
          </ActionIcon>
        ) : (
          <Button
            size="compact-md"
            color="orange"
            leftSection={<IconAlertTriangle size={16} aria-hidden />}
            aria-label={label}
            onClick={toggle}
          >
            {count}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ScrollArea.Autosize mah="min(70vh, 520px)" type="auto">
          <Stack gap="sm" p="sm">
            {count === 0 && <Text size="sm">{t("troubles.none")}</Text>}
            {troubles.map((trouble) => (
              <TroubleItem key={trouble.key} trouble={trouble} onGo={close} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        {configures && (
          <>
            <Divider />
            <Anchor component={Link} to="/system/health" size="sm" display="block" p="sm" onClick={close}>
              {t("troubles.all")}
            </Anchor>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
