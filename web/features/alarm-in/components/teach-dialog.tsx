import { Button, Group, Stack, Stepper, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { LoopText } from "../../../shared/io/loop-text.tsx";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { contactNow } from "../../../shared/io/points.ts";
import { tellDone } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useTeachRest, useTeachSave } from "../api/inputs.ts";
import { useTeach } from "./use-teach.ts";

/** Two steps: its rest, then it is moved. Saved only when a change was seen. */
export function openTeach(title: string, input: Input): void {
  const id = modals.open({ title, children: <Teach input={input} onClose={() => modals.close(id)} /> });
}

function Teach({ input, onClose }: { readonly input: Input; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const boards = useLive((state) => state.boards);
  const contact = contactNow(boards, input.board, input.point);
  const { state, rest, restart } = useTeach(contact);
  const record = useTeachRest(input.input);
  const save = useTeachSave(input.input);
  const known = contact.level === "closed" || contact.level === "open";
  const begin = () => record.mutate(undefined, { onSuccess: rest });
  const finish = () =>
    save.mutate(undefined, {
      onSuccess: ({ type }) => {
        tellDone(t("teach.saved", { type }));
        onClose();
      },
    });
  const failure = record.error ?? save.error;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text size="sm">{t("teach.now")}</Text>
        <LevelBadge level={contact.level} />
        <LoopText contact={contact} />
      </Group>
      <Stepper active={state.kind === "asking" ? 0 : state.kind === "waiting" ? 1 : 2} size="sm" orientation="vertical">
        <Stepper.Step label={t("teach.rest.label")} description={t(`teach.rest.${input.kind}`)} />
        <Stepper.Step label={t("teach.move.label")} description={t(`teach.move.${input.kind}`)} />
      </Stepper>
      {state.kind === "seen" && (
        <Text size="sm" role="status">
          {t(`teach.seen.${state.type}`)}
        </Text>
      )}
      {!known && <Text size="sm">{t("teach.blind")}</Text>}
      {failure !== null && <ErrorNote error={failure} />}
      <Group justify="flex-end" gap="xs">
        {state.kind !== "asking" && (
          <Button variant="subtle" onClick={restart}>
            {t("teach.again")}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t("cancel", { ns: "common" })}
        </Button>
        {state.kind === "asking" ? (
          <Button onClick={begin} loading={record.isPending} disabled={!known}>
            {t("teach.rest.press")}
          </Button>
        ) : (
          <Button onClick={finish} loading={save.isPending} disabled={state.kind !== "seen"}>
            {t("teach.save")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
