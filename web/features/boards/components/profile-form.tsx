import { Button, Grid, Group, List, Paper, Stack, TextInput, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import {
  missingFields,
  readValues,
  type BoardProfile,
  type ProfileValues,
} from "../../../../src/domain/board-profiles/index.ts";
import { tellFailure } from "../../../shared/tell.ts";
import { useAddBoard, useTestBoard } from "../api/boards.ts";
import { showNewKeys } from "../../../shared/io/new-keys.tsx";
import { ProbeResult } from "./probe-result.tsx";
import { ProfileFieldInput } from "./profile-field.tsx";

interface ProfileFormProps {
  readonly profile: BoardProfile;
  readonly onBack: () => void;
}

/** What a profile asks, what to set on the device, a test of the connection, and then the board is added. */
export function ProfileForm({ profile, onBack }: ProfileFormProps): ReactElement {
  const { t } = useTranslation(["boards", "common"]);
  const navigate = useNavigate();
  const [name, setName] = useState<string>(t(`profile.${profile.id}.title`));
  const [given, setGiven] = useState<ProfileValues>({});
  const test = useTestBoard();
  const add = useAddBoard();
  const values = readValues(profile, given);
  const missing = missingFields(profile, values);
  const ready = missing.length === 0 && name.trim() !== "";
  const tested = profile.id !== "http" && profile.id !== "virtual";
  const set = (key: string, value: string | number) => {
    test.reset();
    setGiven((before) => ({ ...before, [key]: value }));
  };
  const save = () =>
    add.mutate(
      { name: name.trim(), enabled: true, driver: profile.build(values) },
      {
        onSuccess: (board) => {
          showNewKeys(t("keys.title"), board.newKeys ?? []);
          void navigate({ to: `/boards/${board.board}` });
        },
        onError: (error) => tellFailure(t("notAdded"), error),
      },
    );
  const notes = t(`profile.${profile.id}.notes`).split("\n");
  return (
    <Grid gap="lg" maw={1040}>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) save();
          }}
        >
          <Stack gap="sm">
            <TextInput label={t("field.name.label")} value={name} onChange={(e) => setName(e.target.value)} required />
            {profile.fields.map((field) => (
              <ProfileFieldInput
                key={field.key}
                field={field}
                value={given[field.key] ?? field.initial}
                onChange={(value) => set(field.key, value)}
              />
            ))}
            <ProbeResult probe={test.data} error={test.error} />
            <Group gap="xs">
              <Button variant="subtle" onClick={onBack}>
                {t("new.other")}
              </Button>
              {tested && (
                <Button
                  variant="default"
                  disabled={missing.length > 0}
                  loading={test.isPending}
                  onClick={() => test.mutate({ driver: profile.build(values) })}
                >
                  {t("test.press")}
                </Button>
              )}
              <Button type="submit" disabled={!ready} loading={add.isPending}>
                {t("new.save")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Paper withBorder p="md">
          <Title order={2} fz="md" mb="xs">
            {t("new.onDevice")}
          </Title>
          <List size="sm" spacing="xs">
            {notes.map((note) => (
              <List.Item key={note} style={{ overflowWrap: "anywhere" }}>
                {note}
              </List.Item>
            ))}
          </List>
        </Paper>
      </Grid.Col>
    </Grid>
  );
}
