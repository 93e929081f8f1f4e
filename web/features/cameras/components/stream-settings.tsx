import { Button, Group, Paper, SimpleGrid, Stack, TextInput, Title } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { TestPanel } from "../../../shared/camera-form/test-panel.tsx";
import { useCameraTest } from "../../../shared/camera-form/use-camera-test.ts";
import type { Draft } from "../../../shared/draft.ts";
import { hidden, testBodyOf, type CameraSettings, type SettingsProblem } from "../model/camera-settings.ts";
import { SecretField } from "../../../shared/ui/secret-field.tsx";

interface StreamSettingsProps {
  readonly channel: number;
  readonly draft: Draft<CameraSettings>;
  readonly problem: SettingsProblem | undefined;
}

/** Addresses and login, each stream with its test as it is entered now. */
export function StreamSettings({ channel, draft, problem }: StreamSettingsProps): ReactElement {
  const { t } = useTranslation("cameras");
  const { url, subUrl, username, password } = draft.value;
  const testing = useCameraTest();
  const [stream, setStream] = useState<"main" | "sub">("main");
  const run = (wanted: "main" | "sub", anyway = false) => {
    setStream(wanted);
    testing.begin({ ...testBodyOf(channel, draft.value, wanted), ...(anyway ? { anyway } : {}) });
  };
  const text = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
  const wrong = (field: SettingsProblem) => problem === field && t(`problem.${field}`);
  const begun = testing.test !== undefined || testing.running || testing.error !== undefined;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="camera-streams">
      <Stack gap="sm">
        <Title order={2} id="camera-streams">
          {t("section.streams")}
        </Title>
        <TextInput
          {...text}
          label={t("field.url")}
          description={t("field.urlSays")}
          value={url}
          onChange={(event) => draft.set({ url: event.currentTarget.value })}
          error={wrong("url")}
        />
        <TextInput
          {...text}
          label={t("field.subUrl")}
          description={t("field.subUrlSays")}
          value={subUrl}
          onChange={(event) => draft.set({ subUrl: event.currentTarget.value })}
          error={wrong("subUrl")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            {...text}
            label={t("field.username")}
            value={username}
            onChange={(event) => draft.set({ username: event.currentTarget.value })}
          />
          <SecretField
            label={t("field.password")}
            placeholder={password === hidden ? t("field.passwordKept") : ""}
            value={password === hidden ? "" : password}
            onChange={(event) => draft.set({ password: event.currentTarget.value || hidden })}
            autoComplete="new-password"
            error={wrong("password")}
          />
        </SimpleGrid>
        <Group gap="xs">
          <Button variant="default" loading={testing.running && stream === "main"} onClick={() => run("main")}>
            {t("test.main")}
          </Button>
          <Button
            variant="default"
            disabled={subUrl.trim() === ""}
            loading={testing.running && stream === "sub"}
            onClick={() => run("sub")}
          >
            {t("test.sub")}
          </Button>
        </Group>
        {begun && <TestPanel testing={testing} onAnyway={() => run(stream, true)} />}
      </Stack>
    </Paper>
  );
}
