import { ScrollArea, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { About } from "./components/about.tsx";
import { Backup } from "./components/backup.tsx";
import { Evidence } from "./components/evidence.tsx";
import { Health } from "./components/health.tsx";
import { Logs } from "./components/logs.tsx";
import { Notifications } from "./components/notifications.tsx";
import { TimeNetwork } from "./components/time-network.tsx";

const sections = {
  health: Health,
  logs: Logs,
  notifications: Notifications,
  network: TimeNetwork,
  backup: Backup,
  evidence: Evidence,
  about: About,
} as const;
type Section = keyof typeof sections;

const names = Object.keys(sections) as readonly Section[];
const isSection = (text: string | null | undefined): text is Section => names.some((one) => one === text);

/** System: how Reed is, who is told, where it is reached, its settings as a file. */
export default function Page(): ReactElement {
  const { t } = useTranslation("system");
  const { section } = useParams({ strict: false });
  const navigate = useNavigate();
  const shown: Section = isSection(section) ? section : "health";
  const Shown = sections[shown];
  const go = (next: string | null) => {
    if (isSection(next)) void navigate({ to: "/system/{-$section}", params: { section: next } });
  };
  return (
    <>
      <PageHeader title={t("title")} says={t(`sections.${shown}.says`)} />
      <Tabs value={shown} onChange={go} keepMounted={false}>
        <ScrollArea type="never" mb="md">
          <Tabs.List style={{ flexWrap: "nowrap", whiteSpace: "nowrap" }}>
            {names.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`sections.${name}.name`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value={shown}>
          <Shown />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
