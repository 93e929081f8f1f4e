import { Tabs } from "@mantine/core";
import { IconDevices, IconKey, IconListDetails, IconUser, IconUsers } from "@tabler/icons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../shared/site-data.ts";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { AuditSection } from "./components/audit-section.tsx";
import { KeysSection } from "./components/keys-section.tsx";
import { MeSection } from "./components/me-section.tsx";
import { SessionsSection } from "./components/sessions-section.tsx";
import { UsersSection } from "./components/users-section.tsx";

const sections = [
  { id: "users", icon: IconUsers, section: UsersSection },
  { id: "keys", icon: IconKey, section: KeysSection },
  { id: "sessions", icon: IconDevices, section: SessionsSection },
  { id: "audit", icon: IconListDetails, section: AuditSection },
  { id: "me", icon: IconUser, section: MeSection },
] as const;

/** Who may come in, what they may see and do, and what they did. Everybody has their own login here. */
export default function Page(): ReactElement {
  const { t } = useTranslation("people");
  const navigate = useNavigate();
  const { section } = useParams({ from: "/shell/people/{-$section}" });
  const administers = useMe().data?.role === "administrator";
  const shown = sections.filter(({ id }) => administers || id === "me");
  const current = shown.find(({ id }) => id === section) ?? shown[0];
  const open = (id: string | null) =>
    void navigate({ to: "/people/{-$section}", params: { section: id ?? "users" }, replace: true });
  return (
    <>
      <PageHeader title={t(administers ? "title" : "me.title")} says={t(administers ? "says" : "me.says")} />
      {administers ? (
        <Tabs value={current?.id ?? "me"} onChange={open} keepMounted={false}>
          <Tabs.List mb="md" aria-label={t("title")}>
            {shown.map(({ id, icon: Icon }) => (
              <Tabs.Tab key={id} value={id} leftSection={<Icon size={16} aria-hidden />}>
                {t(`sections.${id}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {shown.map(({ id, section: Section }) => (
            <Tabs.Panel key={id} value={id}>
              <Section />
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <MeSection />
      )}
    </>
  );
}
