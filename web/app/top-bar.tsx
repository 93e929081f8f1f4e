import { Box, Burger, Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useSite } from "../shared/site-data.ts";
import { ArmingSwitch } from "./arming-switch.tsx";
import { AutoArmNotice } from "./auto-arm-notice.tsx";
import { RecordingHealth } from "./recording-health.tsx";
import { SilenceButton } from "./silence-button.tsx";
import { SiteClock } from "./site-clock.tsx";
import { TroublesMenu } from "./troubles-menu.tsx";
import { UserMenu } from "./user-menu.tsx";

interface TopBarProps {
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
}

/** Always there: the site, arming with its switch, silence, troubles, recording health, the site's clock, the user. */
export function TopBar({ menuOpen, onMenu }: TopBarProps): ReactElement {
  const { t } = useTranslation("shell");
  const site = useSite();
  return (
    <Group h="100%" px={{ base: "xs", sm: "md" }} gap="xs" wrap="nowrap" justify="space-between">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <Burger opened={menuOpen} onClick={onMenu} hiddenFrom="sm" size="sm" aria-label={t("menu")} />
        <Box component="img" src="/reed.svg" w={26} h={26} alt="" visibleFrom="xs" />
        <Text fw={600} truncate visibleFrom="xs">
          {site.data?.name ?? "Reed"}
        </Text>
      </Group>
      <Group gap={6} wrap="nowrap" style={{ flex: "none" }}>
        <SilenceButton />
        <AutoArmNotice />
        <ArmingSwitch />
        <TroublesMenu />
        <RecordingHealth />
        <SiteClock />
        <UserMenu />
      </Group>
    </Group>
  );
}
