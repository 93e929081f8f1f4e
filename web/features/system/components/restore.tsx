import { Alert, Button, Card, Checkbox, FileInput, Stack, Text, Title } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { confirmTyped } from "../../../shared/ui/confirm-typed.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useRestore } from "../api/backup.ts";
import { backupHead, type BackupHead } from "../model/backup-head.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

/** A backup is chosen, shown for what it is, and restored after its site's name was typed. */
export function Restore(): ReactElement {
  const { t } = useTranslation("system");
  const [file, setFile] = useState<File | null>(null);
  const [head, setHead] = useState<BackupHead | "none">();
  const [passphrase, setPassphrase] = useState("");
  const [volumes, setVolumes] = useState(false);
  const restore = useRestore();
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setHead(undefined);
    restore.reset();
    void chosen?.text().then((text) => setHead(backupHead(text) ?? "none"));
  };
  const known = head === undefined || head === "none" ? undefined : head;
  const ask = (backup: BackupHead) =>
    confirmTyped({
      title: t("restore.ask", { site: backup.site }),
      says: t("restore.askSays"),
      word: backup.site,
      confirm: t("restore.button"),
      onConfirm: () => restore.mutate({ passphrase, backup: backup.file, volumes }),
    });
  return (
    <Card withBorder p="md" component="section" aria-label={t("restore.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (known !== undefined && passphrase !== "") ask(known);
        }}
      >
        <Stack gap="sm">
          <Title order={2}>{t("restore.title")}</Title>
          <Text size="sm">{t("restore.says")}</Text>
          <FileInput
            label={t("restore.file")}
            placeholder={t("restore.choose")}
            leftSection={<IconFileUpload size={16} aria-hidden />}
            accept="application/json,.json"
            value={file}
            onChange={choose}
            clearable
            clearButtonProps={{ "aria-label": t("restore.clear") }}
            error={head === "none" ? t("restore.none") : undefined}
          />
          {known !== undefined && <Facts head={known} />}
          <SecretField
            label={t("restore.passphrase")}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="off"
          />
          <Checkbox
            label={t("restore.volumes")}
            description={t("restore.volumesSays")}
            checked={volumes}
            onChange={(event) => setVolumes(event.currentTarget.checked)}
          />
          {restore.error !== null && <ErrorNote error={restore.error} />}
          {restore.data !== undefined && (
            <Alert color="teal" role="status">
              {t("restore.done", restore.data)}
            </Alert>
          )}
          <Button
            type="submit"
            color="red"
            disabled={known === undefined || passphrase === ""}
            loading={restore.isPending}
            style={{ alignSelf: "flex-start" }}
          >
            {t("restore.button")}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

const parts = ["channel", "board", "input", "output", "notifier"] as const;

function Facts({ head }: { readonly head: BackupHead }): ReactElement {
  const { t } = useTranslation("system");
  const format = useFormat();
  const counts = parts.map((part) => t(`restore.counts.${part}`, { count: head.counts.get(part) ?? 0 }));
  const all = [
    ...counts,
    t("restore.counts.user", { count: head.users }),
    t("restore.counts.key", { count: head.keys }),
  ];
  return (
    <Alert color="blue" title={head.site}>
      <Text size="sm">{t("restore.made", { time: format.dateTime(head.madeAt), version: head.reed })}</Text>
      <Text size="sm">{all.join(" · ")}</Text>
    </Alert>
  );
}
