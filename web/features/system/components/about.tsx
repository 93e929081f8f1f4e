import { Alert, Anchor, Card, Modal, Stack, Text, Title } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../../../shared/ui/data-table.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useLicence, useNotices, useSystem } from "../api/system.ts";

/** System → About: version, licence, what Reed is not, and whose work it contains. */
export function About(): ReactElement {
  const { t } = useTranslation("system");
  const system = useSystem();
  return (
    <Stack gap="md">
      <Card withBorder p="md" component="section" aria-label={t("about.title")}>
        <Stack gap="xs">
          <Title order={2}>{t("about.title")}</Title>
          <Text>{t("about.version", { version: system.data?.version ?? "…", node: system.data?.node ?? "…" })}</Text>
          <Text>{t("about.licence", { licence: system.data?.licence ?? "…" })}</Text>
          <Alert color="orange">{t("about.notCertified")}</Alert>
          <Anchor href="/api/docs" size="sm" style={{ alignSelf: "flex-start" }}>
            {t("about.api")}
          </Anchor>
        </Stack>
      </Card>
      <Packages />
    </Stack>
  );
}

function Packages(): ReactElement {
  const { t } = useTranslation("system");
  const notices = useNotices();
  const [open, setOpen] = useState<string>();
  return (
    <Card withBorder p="md" component="section" aria-label={t("about.packages")}>
      <Title order={2}>{t("about.packages")}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("about.packagesSays")}
      </Text>
      {notices.error !== null && <ErrorNote error={notices.error} onRetry={() => void notices.refetch()} />}
      {notices.isPending && <LoadingRows rows={6} />}
      {notices.data !== undefined && (
        <DataTable
          label={t("about.packages")}
          rows={notices.data}
          columns={[
            { key: "name", title: t("about.package"), value: (row) => row.name },
            { key: "version", title: t("about.ofVersion"), value: (row) => row.version },
            { key: "licence", title: t("about.under"), value: (row) => row.licence },
          ]}
          keyOf={(row) => `${row.name} ${row.version}`}
          nameOf={(row) => row.name}
          onOpen={(row) => setOpen(row.name)}
        />
      )}
      <Modal opened={open !== undefined} onClose={() => setOpen(undefined)} title={open} size="xl">
        {open !== undefined && <Licence name={open} />}
      </Modal>
    </Card>
  );
}

function Licence({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation("system");
  const licence = useLicence(name);
  if (licence.error !== null) return <ErrorNote error={licence.error} />;
  if (licence.data === undefined) return <LoadingRows rows={8} height={18} />;
  const { text } = licence.data;
  return (
    <Text component="pre" size="xs" ff="monospace" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} m={0}>
      {text === "" ? t("about.noText", { licence: licence.data.licence }) : text}
    </Text>
  );
}
