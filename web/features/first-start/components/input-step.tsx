import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconPlugConnected, IconToggleRight } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useBoards, useChannels, useInputs } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { makeTryOut, useMark } from "../api/first-start.ts";
import { ContactCard } from "./contact-card.tsx";
import type { StepProps } from "./site-step.tsx";
import { StepFrame } from "./step-frame.tsx";

/** The first alarm input, tripped and seen: with a contact that is wired, or with one to try. */
export function InputStep({ onDone, onSkip }: StepProps): ReactElement {
  const { t } = useTranslation("first-start");
  const inputs = useInputs().data ?? [];
  const boards = useBoards().data ?? [];
  const mark = useMark();
  const [proven, setProven] = useState(false);
  /** A door was made here and now: its button is what is wanted next. */
  const [made, setMade] = useState(false);
  const prove = useCallback(() => setProven(true), []);
  const virtual = new Set(boards.filter((board) => board.driver.kind === "virtual").map((board) => board.board));
  const finish = () => (proven ? mark.mutate({ input: "done" }, { onSuccess: onDone }) : onDone());
  return (
    <StepFrame
      title={t("input.title")}
      says={t("input.says")}
      next={t("finish")}
      onNext={finish}
      busy={mark.isPending}
      disabled={!proven}
      error={mark.error}
      onSkip={onSkip}
    >
      {inputs.map((input) => (
        <ContactCard
          key={input.input}
          input={input}
          byHand={virtual.has(input.board)}
          focused={made}
          onProven={prove}
        />
      ))}
      {inputs.length === 0 && <Ways onMade={() => setMade(true)} />}
    </StepFrame>
  );
}

function Ways({ onMade }: { readonly onMade: () => void }): ReactElement {
  const { t } = useTranslation("first-start");
  const queries = useQueryClient();
  const channels = (useChannels().data ?? []).map((row) => row.channel);
  const make = useMutation({
    mutationFn: () => makeTryOut({ board: t("input.tryBoard"), input: t("input.tryInput") }, channels),
    onSuccess: async () => {
      onMade();
      await queries.invalidateQueries({ queryKey: ["boards"] });
      await queries.invalidateQueries({ queryKey: ["inputs"] });
    },
  });
  return (
    <Stack gap="sm">
      <Paper withBorder p="md">
        <Stack gap="xs">
          <Text fw={500}>{t("input.wired")}</Text>
          <Text size="sm" c="dimmed">
            {t("input.wiredSays")}
          </Text>
          <Group>
            <Button
              variant="default"
              component={Link}
              to="/boards"
              leftSection={<IconPlugConnected size={18} aria-hidden />}
            >
              {t("input.wiredDo")}
            </Button>
          </Group>
        </Stack>
      </Paper>
      <Paper withBorder p="md">
        <Stack gap="xs">
          <Text fw={500}>{t("input.try")}</Text>
          <Text size="sm" c="dimmed">
            {t("input.trySays")}
          </Text>
          <Group>
            <Button
              variant="default"
              loading={make.isPending}
              onClick={() => make.mutate()}
              leftSection={<IconToggleRight size={18} aria-hidden />}
            >
              {t("input.tryDo")}
            </Button>
          </Group>
          {make.error !== null && <ErrorNote error={make.error} />}
        </Stack>
      </Paper>
    </Stack>
  );
}
