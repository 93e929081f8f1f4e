import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { chooseLanguage } from "../shared/i18n.ts";
import { useMe } from "../shared/site-data.ts";

export function UserMenu(): ReactElement {
  const { t, i18n } = useTranslation("shell");
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const other = i18n.language === "de" ? "en" : "de";
  const logout = async () => {
    await api.post("logout");
    queries.clear();
    await navigate({ to: "/login" });
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("user.label", { name: me.data?.name ?? "" })}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.data?.name}</Menu.Label>
        <Menu.Item leftSection={<IconSun size={16} />} onClick={() => setColorScheme("light")}>
          {t("user.light")}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => setColorScheme("dark")}>
          {t("user.dark")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={16} />} lang={other} onClick={() => void chooseLanguage(other)}>
          {other === "de" ? "Deutsch" : "English"}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void logout()}>
          {t("user.logout")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
