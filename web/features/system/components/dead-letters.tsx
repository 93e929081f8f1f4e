import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DeadLetterAnswer } from "../../../../src/contract/notifier.ts";
import { said } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { useLetters, useRemoveLetter, useSendLetter } from "../api/notifiers.ts";
import { TestResult } from "./test-result.tsx";

/** How many are shown before somebody asks for all of them. */
const first = 5;

/** Messages that did not arrive: what, to whom, why; sent again or put away. Nothing where all arrived. */
export function DeadLetters(): ReactElement | null {
  const { t } = useTranslation("system");
  const letters = useLetters();
  const [all, setAll] = useState(false);
  const list = letters.data ?? [];
  if (list.length === 0) return null;
  const shown = all ? list : list.slice(0, first);
  return (
    <Card withBorder p="md" component="section" aria-labelledby="dead-letters">
      <Title order={2} id="dead-letters">
        {t("letters.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("letters.says")}
      </Text>
      <Stack gap="sm">
        {shown.map((letter) => (
          <Letter key={letter.id} letter={letter} />
        ))}
        {list.length > shown.length && (
          <Button variant="subtle" onClick={() => setAll(true)}>
            {t("letters.all", { count: list.length })}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function Letter({ letter }: { readonly letter: DeadLetterAnswer }): ReactElement {
  const { t } = useTranslation(["system", "common"]);
  const format = useFormat();
  const send = useSendLetter();
  const remove = useRemoveLetter();
  const again = () =>
    send.mutate(letter.id, {
      onSuccess: ({ outcome }) => {
        if (outcome.kind === "done") tellDone(t("letters.sent", { name: letter.name }));
      },
      onError: (error) => tellFailure(t("letters.notSent"), error),
    });
  const failed = send.data !== undefined && send.data.outcome.kind !== "done";
  return (
    <Alert color="red" variant="light" title={letter.title} role="group" aria-label={letter.title}>
      <Text size="sm">{letter.text}</Text>
      <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
        {t("letters.why", { name: letter.name, time: format.dateTime(letter.triedAt), why: said(letter.reason) })}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-md" variant="default" loading={send.isPending} onClick={again}>
          {t("letters.again")}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate(letter.id, { onError: (error) => tellFailure(t("letters.notRemoved"), error) })}
        >
          {t("common:remove")}
        </Button>
      </Group>
      {failed && <TestResult result={send.data} />}
    </Alert>
  );
}
