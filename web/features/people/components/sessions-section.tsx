import { Badge, Button, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useEndSession, useSessions, type Session } from "../api/people.ts";
import { browserName } from "../model/browser-name.ts";

/** Where somebody is logged in: an administrator sees everybody's, everybody their own. */
export function SessionsSection(): ReactElement {
  const { t } = useTranslation("people");
  const sessions = useSessions();
  const end = useEndSession();
  const format = useFormat();
  const columns: TableColumn<Session>[] = [
    { key: "user", title: t("sessions.user"), value: (row) => row.user },
    { key: "browser", title: t("sessions.browser"), value: (row) => browserName(row.agent) },
    { key: "address", title: t("sessions.address"), value: (row) => row.address },
    { key: "since", title: t("sessions.since"), value: (row) => format.dateTime(row.createdAt) },
    { key: "seen", title: t("sessions.seen"), value: (row) => format.dateTime(row.seenAt) },
    {
      key: "ends",
      title: t("sessions.ends"),
      value: (row) => (row.expiresAt === undefined ? t("sessions.never") : format.day(row.expiresAt)),
    },
    {
      key: "do",
      title: t("sessions.end"),
      value: () => "",
      draw: (row) =>
        row.own ? (
          <Badge variant="light" tt="none">
            {t("sessions.own")}
          </Badge>
        ) : (
          <Button
            size="compact-sm"
            variant="light"
            color="red"
            aria-label={t("sessions.endOf", { name: row.user })}
            onClick={() => end.mutate(row.id)}
          >
            {t("sessions.end")}
          </Button>
        ),
    },
  ];
  if (sessions.error !== null) return <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <LoadingRows />;
  return (
    <>
      {end.error !== null && <ErrorNote error={end.error} />}
      <DataTable
        label={t("sections.sessions")}
        rows={sessions.data}
        columns={columns}
        keyOf={(row) => row.id}
        nameOf={(row) => row.user}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {t("sessions.says")}
      </Text>
    </>
  );
}
