import { Alert, Button, Card, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { saveText } from "../../../shared/save-file.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useMakeBackup } from "../api/backup.ts";
import { backupName } from "../model/backup-head.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { Restore } from "./restore.tsx";

/** System → Backup: all settings as one file, and back again. */
export function Backup(): ReactElement {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <MakeBackup />
      <Restore />
    </SimpleGrid>
  );
}

const shortest = 10;

function MakeBackup(): ReactElement {
  const { t } = useTranslation("system");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const make = useMakeBackup();
  const tooShort = passphrase !== "" && passphrase.length < shortest;
  const differs = again !== "" && again !== passphrase;
  const ready = passphrase.length >= shortest && again === passphrase;
  const submit = () =>
    make.mutate(passphrase, {
      onSuccess: (file) => {
        saveText(backupName(file.site, file.madeAt), "application/json", JSON.stringify(file, undefined, 1));
        setPassphrase("");
        setAgain("");
      },
    });
  return (
    <Card withBorder p="md" component="section" aria-label={t("backup.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) submit();
        }}
      >
        <Stack gap="sm">
          <Title order={2}>{t("backup.title")}</Title>
          <Text size="sm">{t("backup.says")}</Text>
          <SecretField
            label={t("backup.passphrase")}
            description={t("backup.passphraseSays")}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            error={tooShort ? t("backup.short", { count: shortest }) : undefined}
            autoComplete="new-password"
          />
          <SecretField
            label={t("backup.again")}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            error={differs ? t("backup.differs") : undefined}
            autoComplete="new-password"
          />
          {make.error !== null && <ErrorNote error={make.error} />}
          {make.data !== undefined && (
            <Alert color="teal" role="status">
              {t("backup.made", { file: backupName(make.data.site, make.data.madeAt) })}
            </Alert>
          )}
          <Button
            type="submit"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={!ready}
            loading={make.isPending}
            style={{ alignSelf: "flex-start" }}
          >
            {t("backup.make")}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
