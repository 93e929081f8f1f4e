import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
  IconUserCog,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useChoosePreferences } from "../shared/preferences.ts";
import { useMe } from "../shared/site-data.ts";
import { tellFailure } from "../shared/tell.ts";

export function UserMenu(): ReactElement {
  const { t, i18n } = useTranslation("shell");
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const choose = useChoosePreferences();
  const other = i18n.language === "de" ? "en" : "de";
  const logout = async () => {
    try {
      await api.post("logout");
    } catch (error) {
      tellFailure(t("user.logoutFailed"), error instanceof Error ? error : new Error(String(error)));
      return;
    }
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
        {me.data?.role !== "display" && (
          <Menu.Item
            renderRoot={(props) => <Link {...props} to="/people/{-$section}" params={{ section: "me" }} />}
            leftSection={<IconUserCog size={16} />}
          >
            {t("user.account")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconSun size={16} />} onClick={() => void choose({ theme: "light" })}>
          {t("user.light")}
        </Menu.Item>
        <Menu.Item leftSection={<IconMoon size={16} />} onClick={() => void choose({ theme: "dark" })}>
          {t("user.dark")}
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktop size={16} />} onClick={() => void choose({ theme: "auto" })}>
          {t("user.auto")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLanguage size={16} />}
          lang={other}
          onClick={() => void choose({ language: other })}
        >
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
