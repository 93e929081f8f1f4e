import { Anchor, Button, Group, Paper, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { addCamera } from "../api/first-start.ts";
import { CameraCard } from "./camera-card.tsx";
import type { StepProps } from "./site-step.tsx";
import { StepFrame } from "./step-frame.tsx";

/** The first cameras by their addresses, each with what comes of it; the camera page knows makes and tests. */
export function CamerasStep({ onDone, onSkip }: StepProps): ReactElement {
  const { t } = useTranslation("first-start");
  const channels = useChannels().data ?? [];
  return (
    <StepFrame
      plain
      title={t("cameras.title")}
      says={t("cameras.says")}
      next={t("next")}
      onNext={onDone}
      disabled={channels.length === 0}
      onSkip={onSkip}
    >
      {channels.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {channels.map((channel) => (
            <CameraCard key={channel.channel} channel={channel} />
          ))}
        </SimpleGrid>
      )}
      <AddCamera first={channels.length === 0} />
    </StepFrame>
  );
}

const empty = { name: "", url: "", username: "", password: "" };

/** What is filled in; an empty name becomes "Camera 1" on the server. */
const filled = (values: typeof empty) => ({
  url: values.url.trim(),
  ...(values.name.trim() === "" ? {} : { name: values.name.trim() }),
  ...(values.username === "" ? {} : { username: values.username }),
  ...(values.password === "" ? {} : { password: values.password }),
});

function AddCamera({ first }: { readonly first: boolean }): ReactElement {
  const { t } = useTranslation("first-start");
  const queries = useQueryClient();
  const form = useForm({ initialValues: empty });
  const add = useMutation({
    mutationFn: (values: typeof empty) => addCamera(filled(values)),
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries({ queryKey: ["channels"] });
    },
  });
  return (
    <Paper withBorder p="md">
      <form onSubmit={form.onSubmit((values) => add.mutate(values))} aria-label={t("cameras.add")}>
        <Stack gap="sm">
          <TextInput
            label={t("cameras.url")}
            description={t("cameras.urlSays")}
            placeholder="rtsp://192.168.1.20:554/stream1"
            required
            withAsterisk={false}
            autoCapitalize="none"
            spellCheck={false}
            {...form.getInputProps("url")}
          />
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            <TextInput label={t("cameras.name")} maxLength={100} {...form.getInputProps("name")} />
            <TextInput label={t("cameras.user")} autoComplete="off" {...form.getInputProps("username")} />
            <PasswordInput
              label={t("cameras.password")}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
          </SimpleGrid>
          {add.error !== null && <ErrorNote error={add.error} />}
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {t("cameras.more")}{" "}
              <Anchor component={Link} to="/cameras" underline="always">
                {t("cameras.moreLink")}
              </Anchor>
            </Text>
            <Button type="submit" variant={first ? "filled" : "default"} loading={add.isPending}>
              {t("cameras.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
