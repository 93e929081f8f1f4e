import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SecretField } from "../../../shared/ui/secret-field.tsx";
import { isAllowedPassword } from "../../../../src/domain/password-rules.ts";
import { useFormat, useMe } from "../../../shared/site-data.ts";
import { PushSection } from "../../../shared/push/push-section.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LookMenu } from "../../../shared/ui/look-menu.tsx";
import { useOwnPassword } from "../api/people.ts";
import { PasswordField } from "./password-field.tsx";
import { SessionsSection } from "./sessions-section.tsx";

/** One's own login: password, language and colours, and for who has no list of all: one's own sessions. */
export function MeSection(): ReactElement | null {
  const { t } = useTranslation("people");
  const me = useMe().data;
  const format = useFormat();
  if (me?.role === undefined) return null;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper withBorder p="md">
          <Stack gap="sm">
            <Title order={2} size="h3">
              {me.name}
            </Title>
            <Text size="sm">
              {t(`roles.${me.role}`)}: {t(`roleSays.${me.role}`)}
            </Text>
            {me.sessionEnds !== undefined && (
              <Text size="sm" c="dimmed">
                {t("me.ends", { day: format.day(me.sessionEnds) })}
              </Text>
            )}
            <Text size="sm" fw={500}>
              {t("me.look")}
            </Text>
            <LookMenu />
          </Stack>
        </Paper>
        <Paper withBorder p="md">
          <OwnPassword name={me.name} />
        </Paper>
      </SimpleGrid>
      <PushSection />
      {me.role !== "administrator" && (
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="sm">
            {t("sections.sessions")}
          </Title>
          <SessionsSection />
        </Paper>
      )}
    </Stack>
  );
}

function OwnPassword({ name }: { readonly name: string }): ReactElement {
  const { t } = useTranslation("people");
  const change = useOwnPassword();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const done = () => {
    setCurrent("");
    setPassword("");
    notifications.show({ message: t("password.ownChanged") });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ current, password }, { onSuccess: done });
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t("password.own")}
        </Title>
        <SecretField
          label={t("password.current")}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordField label={t("password.new")} name={name} value={password} onChange={setPassword} />
        {change.error !== null && <ErrorNote error={change.error} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" flex="1 1 12rem">
            {t("password.ownEnds")}
          </Text>
          <Button
            type="submit"
            loading={change.isPending}
            disabled={current === "" || !isAllowedPassword(name, password)}
          >
            {t("password.change")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
