import { Paper, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said, saidName } from "../../../shared/said.ts";
import { useChannels, useFormat, useNotifiers, useOutputs } from "../../../shared/site-data.ts";
import type { Receipt } from "../../../shared/types.ts";
import { EventObjects } from "./event-objects.tsx";
import { EdgePictures } from "./edge-pictures.tsx";
import { StateDot } from "../../../shared/ui/state-dot.tsx";

type Action = Receipt["actions"][number];

const dots = { done: "green", short: "orange", failed: "red", suppressed: "gray" } as const;

/** What became of one edge: each action with its outcome, its reason and its times. */
export function ReceiptView({ receipt }: { readonly receipt: Receipt }): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const { edge, actions } = receipt;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("receipt.of", { name: saidName(edge.inputName) })}>
      <Stack gap="xs">
        <Title order={3}>
          {edge.loop === undefined ? t(`edge.${edge.kind}`) : t(`loop.${edge.loop}`)} {format.timeMs(edge.at.wall)}
        </Title>
        {edge.notBefore !== undefined && (
          <Text size="sm" c="dimmed">
            {t("receipt.found", { time: format.dateTime(edge.notBefore) })}
          </Text>
        )}
        <GraverLine receipt={receipt} />
        {actions.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("receipt.nothing")}
          </Text>
        ) : (
          <Table.ScrollContainer
            minWidth={420}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={t("receipt.actions")}
          >
            <Table verticalSpacing={6}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("receipt.what")}</Table.Th>
                  <Table.Th>{t("receipt.outcome")}</Table.Th>
                  <Table.Th>{t("receipt.facts")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {actions.map((action) => (
                  <ActionRow key={action.id} action={action} again={action.because.eventId !== edge.eventId} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {actions.some(({ target }) => target.kind === "snapshot") && <EdgePictures eventId={edge.eventId} />}
        {edge.kind !== "cleared" && <EventObjects receipt={receipt} />}
      </Stack>
    </Paper>
  );
}

/** What else saw it, and made the alarm graver after it had come. */
function GraverLine({ receipt: { graver } }: { readonly receipt: Receipt }): ReactElement | null {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  if (graver === undefined) return null;
  const { name, severity, afterMs } = graver;
  const words = {
    name: saidName(name),
    severity: t(`severity.${severity}`),
    seconds: format.number(Math.abs(afterMs) / 1000, 1),
  };
  return (
    <Text size="sm" fw={500}>
      {afterMs < 0 ? t("graver.before", words) : t("graver.after", words)}
    </Text>
  );
}

interface ActionRowProps {
  readonly action: Action;
  /** Of another edge than the receipt's: the message that it became graver. */
  readonly again: boolean;
}

function ActionRow({ action, again }: ActionRowProps): ReactElement {
  const { t } = useTranslation("alarms");
  const name = useTargetName();
  const facts = useFacts();
  const format = useFormat();
  const { outcome } = action;
  const why =
    outcome === undefined || outcome.kind === "done" ? undefined : "gate" in outcome ? outcome.gate : outcome.reason;
  return (
    <Table.Tr style={{ verticalAlign: "top" }}>
      <Table.Td>
        {name(action)}
        {again && (
          <Text size="sm" c="dimmed">
            {t("graver.told")}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StateDot
          color={outcome === undefined ? "blue" : dots[outcome.kind]}
          label={
            outcome === undefined && action.escalateAt !== undefined
              ? t("outcome.later", { time: format.time(action.escalateAt) })
              : t(`outcome.${outcome?.kind ?? "open"}`)
          }
        />
        {why !== undefined && (
          <Text size="sm" c="dimmed">
            {said(why)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {facts(action).map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

function useTargetName(): (action: Action) => string {
  const { t } = useTranslation("alarms");
  const channels = useChannels().data ?? [];
  const outputs = useOutputs().data ?? [];
  const notifiers = useNotifiers().data ?? [];
  return ({ target }) => {
    switch (target.kind) {
      case "record":
        return channels.find((row) => row.channel === target.channel)?.name ?? t("camera", { number: target.channel });
      case "output":
        return outputs.find((row) => row.output === target.output)?.name ?? t("output", { number: target.output });
      case "snapshot": {
        const name = channels.find((row) => row.channel === target.channel)?.name;
        return t("pictures.of", { name: name ?? t("camera", { number: target.channel }), count: target.count });
      }
      case "ptz": {
        const name = channels.find((row) => row.channel === target.channel)?.name;
        return t("ptz", { name: name ?? t("camera", { number: target.channel }), preset: target.preset });
      }
      case "notify": {
        const name = notifiers.find((row) => row.notifier === target.notifier)?.name;
        return name === undefined ? t("message", { number: target.notifier }) : t("messageTo", { name });
      }
    }
  };
}

/** The times that an action proves, a line each. */
function useFacts(): (action: Action) => readonly string[] {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const seconds = (ms: number) => format.number(ms / 1000, 1);
  const ms = (value: number) => format.number(Math.round(value));
  return ({ target, record, output }) => {
    const lines: string[] = [];
    if (target.kind === "record" && record?.preAchievedMs !== undefined)
      lines.push(t("facts.pre", { reached: seconds(record.preAchievedMs), asked: target.preS }));
    if (record?.durableAfterMs !== undefined) lines.push(t("facts.durable", { ms: ms(record.durableAfterMs) }));
    if (record?.from !== undefined && record.to !== undefined)
      lines.push(t("facts.span", { from: format.time(record.from), to: format.time(record.to) }));
    for (const gap of record?.gaps ?? [])
      lines.push(t("facts.gap", { from: format.time(gap.from), to: format.time(gap.to), reason: said(gap.reason) }));
    if (record?.inputStillOpen === true) lines.push(t("facts.stillOpen"));
    if (output?.commandedAfterMs !== undefined) lines.push(t("facts.commanded", { ms: ms(output.commandedAfterMs) }));
    if (output?.confirmedAfterMs !== undefined) lines.push(t("facts.confirmed", { ms: ms(output.confirmedAfterMs) }));
    return lines;
  };
}
