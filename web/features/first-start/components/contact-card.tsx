import { Alert, Button, Group, Loader, Paper, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { onLiveEvent, useLive } from "../../../shared/event-stream.ts";
import type { Input } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import { readReceipt, setContact } from "../api/first-start.ts";

interface ContactCardProps {
  readonly input: Input;
  /** A contact of a virtual board: a button here opens and shuts it. */
  readonly byHand: boolean;
  /** Its button gets the focus. */
  readonly focused: boolean;
  /** An edge of it came, and has its receipt. */
  readonly onProven: () => void;
}

/** A contact with its level as it is now, and the receipt of what was done to it here. */
export function ContactCard({ input, byHand, focused, onProven }: ContactCardProps): ReactElement {
  const { t } = useTranslation("first-start");
  const number = input.input;
  const state = useLive(useCallback(({ inputs }) => inputs.find((one) => one.input === number), [number]));
  const [eventId, setEventId] = useState<string>();
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== "receipt") return;
        const { edge } = event.receipt;
        if (edge.input !== number || edge.kind === "cleared") return;
        setEventId(edge.eventId);
        onProven();
      }),
    [number, onProven],
  );
  const level = state?.level ?? "unknown";
  const set = useMutation({ mutationFn: (to: "open" | "closed") => setContact(input.board, input.point, to) });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={500}>{input.name}</Text>
          <Group gap="md">
            <Text size="sm">{t(`input.levels.${level}`)}</Text>
            <StateDot
              color={state?.active === true ? "red" : state?.active === false ? "green" : "gray"}
              label={t(
                state?.active === true ? "input.active" : state?.active === false ? "input.rest" : "input.unknown",
              )}
            />
          </Group>
        </Group>
        {byHand ? (
          <Group>
            <Button
              autoFocus={focused}
              loading={set.isPending}
              onClick={() => set.mutate(level === "open" ? "closed" : "open")}
              variant={eventId === undefined ? "filled" : "default"}
            >
              {t(level === "open" ? "input.shut" : "input.open")}
            </Button>
          </Group>
        ) : (
          eventId === undefined && (
            <Group gap="sm">
              <Loader size="xs" />
              <Text size="sm">{t("input.openYours")}</Text>
            </Group>
          )
        )}
        {set.error !== null && <ErrorNote error={set.error} />}
        {eventId !== undefined && <ReceiptNote eventId={eventId} byHand={byHand} />}
      </Stack>
    </Paper>
  );
}

/** What became of the edge, in the receipt's own sentence; asked again until every outcome is known. */
function ReceiptNote({ eventId, byHand }: { readonly eventId: string; readonly byHand: boolean }): ReactElement | null {
  const { t } = useTranslation("first-start");
  const receipt = useQuery({
    queryKey: ["receipts", eventId],
    queryFn: () => readReceipt(eventId),
    refetchInterval: ({ state }) => (state.data?.closedAt === undefined ? 1000 : false),
    retry: 5,
  });
  if (receipt.data === undefined) return null;
  const done = receipt.data.closedAt !== undefined;
  return (
    <Alert color="teal" icon={<IconCircleCheck aria-hidden />} title={t("input.seen")} role="status">
      <Text size="sm">{receipt.data.sentence}</Text>
      {!done && (
        <Text size="sm" c="dimmed" mt={4}>
          {t(byHand ? "input.runningByHand" : "input.running")}
        </Text>
      )}
    </Alert>
  );
}
